#!/usr/bin/env node
import './operator/node-20.ts';
import { commands } from './operator/commands.ts';
import { runOperatorProcess } from './operator/operator-process.ts';

void runOperatorProcess(commands);
