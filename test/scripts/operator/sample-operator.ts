import '../../../scripts/operator/node-20.ts';
import { runOperatorProcess } from '../../../scripts/operator/operator-process.ts';
import { sampleCommands } from './sample-commands.ts';

void runOperatorProcess(sampleCommands);
