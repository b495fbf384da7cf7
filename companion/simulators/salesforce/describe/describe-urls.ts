import type { ObjectSchema } from '../schema/build-schema.ts';

/** Where more about an object can be found, as its entry in the list of objects says it. */
export function describeUrls(base: string, { name, isData }: ObjectSchema): Record<string, string> {
  const url = `${base}/sobjects/${name}`;
  const own = { rowTemplate: `${url}/{ID}`, describe: `${url}/describe`, sobject: url };
  if (name === 'User') {
    return {
      compactLayouts: `${url}/describe/compactLayouts`,
      namedLayouts: `${url}/describe/namedLayouts/{LayoutName}`,
      passwordUtilities: `${url}/{ID}/password`,
      quickActions: `${url}/quickActions`,
      layouts: `${url}/describe/layouts`,
      ...own,
    };
  }
  if (!isData) return own;
  return {
    compactLayouts: `${url}/describe/compactLayouts`,
    approvalLayouts: `${url}/describe/approvalLayouts`,
    listviews: `${url}/listviews`,
    quickActions: `${url}/quickActions`,
    layouts: `${url}/describe/layouts`,
    ...own,
  };
}

/** The pages of an object's records, which only its own describe names. */
export function describePages(host: string, { keyPrefix, isData }: ObjectSchema): Record<string, string> {
  if (!isData) return {};
  return {
    uiDetailTemplate: `${host}/{ID}`,
    uiEditTemplate: `${host}/{ID}/e`,
    uiNewRecord: `${host}/${keyPrefix}/e`,
  };
}
