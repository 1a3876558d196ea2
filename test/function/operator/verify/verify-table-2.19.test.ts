import { testVerification } from './verification-suite.ts';

testVerification('2.19');
