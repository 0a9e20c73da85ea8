/** What the stack writes into the environment of a step that reads and changes pairs. */
export const SERVICE_ENVIRONMENT = {
  PAIRS_TABLE: "common-ground-trial-pairs",
  LEDGER_TABLE: "common-ground-trial-ledger",
  KEYS_SECRET: "arn:aws:secretsmanager:us-east-1:123456789012:secret:common-ground-trial-keys",
  METRIC_NAMESPACE: "CommonGround/trial",
  FAST_QUEUE: "https://sqs.us-east-1.amazonaws.com/123456789012/common-ground-trial-fast",
  BULK_QUEUE: "https://sqs.us-east-1.amazonaws.com/123456789012/common-ground-trial-bulk",
  DUE_QUEUE: "https://sqs.us-east-1.amazonaws.com/123456789012/common-ground-trial-due",
  SITE_URL: "https://course.agency.example",
  FROM_ADDRESS: "hello@course.agency.example",
  REPLY_DOMAIN: "reply.course.agency.example",
  POSTAL_ADDRESS: "1 Example Plaza, Albany, NY 12207",
  CONFIGURATION_SET: "common-ground-trial-mail",
  MESSAGE_ID_DOMAIN: "email.amazonses.com",
  COHORTS: JSON.stringify({
    demo: {
      name: "demo",
      title: "Demo county",
      course: "partner-tips",
      coordinators: ["coordinator@agency.example"],
      approval: "always",
      workDomains: [],
    },
  }),
  DEFAULT_SLOT: '{"weekday":2,"time":"10:00","timeZone":"America/New_York"}',
  FORM_LIMITS: '{"secondsMin":3,"perClientHour":5,"perDomainHour":20,"perSiteDay":200}',
} as const;
