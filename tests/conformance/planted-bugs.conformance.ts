import { testBugs } from '../simulation/test-bugs.ts';

testBugs((part) => part !== 0);
