/** The design system's style sheet, which the build puts in. */
declare module '@slds';
