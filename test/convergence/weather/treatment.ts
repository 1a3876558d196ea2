import type { Behaviour, ProxiedRequest, Reaction } from '../../support/fault-proxy.ts';
import { cutAfter, isBulk, slow } from '../../support/faults.ts';

/** How a fault treats a request; undefined where it cannot befall this one. */
export type Treatment = (request: ProxiedRequest) => Behaviour | undefined;

/** What faults can do besides answering badly. */
export type Powers = {
  /** Kills the function. */
  readonly kill: () => Promise<void>;
  /** Keeps a bulk request back until the function has given up on it. */
  readonly hold: (request: ProxiedRequest) => void;
};

/** The fault befalls any request. */
export const always =
  (behaviour: Behaviour): Treatment =>
  () =>
    behaviour;

/** The fault befalls bulk requests. */
export const ofBulk =
  (behaviour: Behaviour): Treatment =>
  (request) =>
    isBulk(request) ? behaviour : undefined;

/** The function is killed before the request takes effect. */
export const killingBefore =
  ({ kill }: Powers): Behaviour =>
  async (): Promise<Reaction> => {
    await kill();
    return 'cut';
  };

/** The request takes effect, and the function is killed before it hears of that. */
export const killingAfter =
  ({ kill }: Powers): Behaviour =>
  async (request, passOn) => {
    const reaction = await cutAfter(request, passOn);
    await kill();
    return reaction;
  };

/** The request takes effect, and something else is answered. */
export const rewriting =
  (rewrite: (body: string) => string): Behaviour =>
  async (_request, passOn) => {
    const { status, headers = {}, body } = await passOn();
    const { 'content-length': _, ...others } = headers;
    return { status, headers: others, body: rewrite(body.toString()) };
  };

/** Half of an answer, as if that were all. */
export const truncated = rewriting((body) => body.slice(0, body.length / 2));

/** Longer than a healthy answer, shorter than anybody's patience. */
export const slowly = slow(400);
