import { testVerifyingInSlices } from './verify-suite.ts';

testVerifyingInSlices('3.8');
