/** A stage that an Opportunity can be in, and what follows from being in it. */
export interface OpportunityStage {
  name: string;
  probability: number;
  forecastCategory: string;
  forecastCategoryName: string;
  isClosed: boolean;
  isWon: boolean;
}

function open(name: string, probability: number): OpportunityStage {
  return {
    name,
    probability,
    forecastCategory: 'Pipeline',
    forecastCategoryName: 'Pipeline',
    isClosed: false,
    isWon: false,
  };
}

function closed(name: string, isWon: boolean): OpportunityStage {
  const category = isWon ? 'Closed' : 'Omitted';
  return {
    name,
    probability: isWon ? 100 : 0,
    forecastCategory: category,
    forecastCategoryName: category,
    isClosed: true,
    isWon,
  };
}

/** The stages that a new org has. */
export const opportunityStages: readonly OpportunityStage[] = [
  open('Prospecting', 10),
  open('Qualification', 10),
  open('Needs Analysis', 20),
  open('Value Proposition', 50),
  open('Id. Decision Makers', 60),
  open('Perception Analysis', 70),
  open('Proposal/Price Quote', 75),
  open('Negotiation/Review', 90),
  closed('Closed Won', true),
  closed('Closed Lost', false),
];
