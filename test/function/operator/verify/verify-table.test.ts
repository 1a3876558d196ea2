import { testVerification } from './verification-suite.ts';

testVerification('3.8');
