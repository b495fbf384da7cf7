import { join, relative, sep } from 'node:path';
import { CodeAnalyzer, CodeAnalyzerConfig, type Violation } from '@salesforce/code-analyzer-core';
import { createEnginePlugin as createRegexEngine } from '@salesforce/code-analyzer-regex-engine';
import { createEnginePlugin as createRetireEngine } from '@salesforce/code-analyzer-retirejs-engine';
import type { Problem } from './problem.ts';

/**
 * Runs Salesforce's Code Analyzer on the package, with every rule of the engines that have something to say without
 * Apex: outdated API versions, biased terms, and libraries with known vulnerabilities.
 */
export async function analyzeCode(project: string): Promise<Problem[]> {
  const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.withDefaults());
  await analyzer.addEnginePlugin(createRegexEngine());
  await analyzer.addEnginePlugin(createRetireEngine());
  const workspace = await analyzer.createWorkspace([join(project, 'force-app')]);
  const rules = await analyzer.selectRules(['all'], { workspace });
  const results = await analyzer.run(rules, { workspace });
  return results.getViolations().map((violation) => describeViolation(project, violation));
}

function describeViolation(project: string, violation: Violation): Problem {
  const place = violation.getPrimaryLocation();
  return {
    file: relative(project, place.getFile() ?? project)
      .split(sep)
      .join('/'),
    line: place.getStartLine() ?? 0,
    rule: `analyzer/${violation.getRule().getName()}`,
    message: violation.getMessage(),
  };
}
