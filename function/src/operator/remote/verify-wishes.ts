import { USUAL_DELAY_SECONDS, type VerifyOptions } from '../verify/verification.ts';
import type { Order } from './order.ts';

const LANES = 4; // of a slice, for its looks

/** How the tables of an order are verified. */
export const wishesOf = (order: Order): VerifyOptions => {
  const {
    repair,
    sample,
    delay_seconds: delay,
  }: VerifyWishes = order.command === 'verify' ? order : {};
  return {
    workers: LANES,
    samplePercent: sample,
    delaySeconds: delay ?? USUAL_DELAY_SECONDS,
    isRepairing: repair === true,
  };
};

type VerifyWishes = Partial<Extract<Order, { readonly command: 'verify' }>>;
