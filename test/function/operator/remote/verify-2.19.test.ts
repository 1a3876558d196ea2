import { testVerifyingInSlices } from './verify-suite.ts';

testVerifyingInSlices('2.19');
