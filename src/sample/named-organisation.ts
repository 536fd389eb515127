/** Invented: known by name only, until the application for it is approved. */
export const sampleNamedOrganisation = {
  name: { ja: '見本電機株式会社', en: 'Sample Electric Co., Ltd.' },
  kind: 'company',
  country: 'JP',
} as const
