// Stripe's own client against the payment sandbox. Reads where it is from standard input, as JSON; the first
// disagreement ends it with an exit code.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';

const { host, port, secret, webhook } = JSON.parse(await text(process.stdin));
const settings = { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false };
const stripe = new Stripe('sk_test_node', settings);

const order = () => ({
  amount: 1499, currency: 'eur', payment_method: 'pm_card_visa', payment_method_types: ['card'], confirm: true,
  metadata: { order_id: randomUUID(), note: 'a & b = ü' },
});

// A charge, and everything by which it can be found again.
const wanted = order();
const paid = await stripe.paymentIntents.create(wanted);
assert.equal(paid.object, 'payment_intent');
assert.equal(paid.status, 'succeeded');
assert.equal(paid.amount_received, 1499);
assert.deepEqual({ ...paid.metadata }, wanted.metadata);
assert.equal((await stripe.paymentIntents.retrieve(paid.id)).latest_charge, paid.latest_charge);
const found = await stripe.paymentIntents.search({ query: `metadata['order_id']:'${wanted.metadata.order_id}'` });
assert.deepEqual(found.data.map(payment => payment.id), [paid.id]);

// A key is one charge; with other parameters it is an error.
const idempotencyKey = randomUUID();
const once = await stripe.paymentIntents.create(wanted, { idempotencyKey });
const twice = await stripe.paymentIntents.create(wanted, { idempotencyKey });
assert.equal(twice.id, once.id);
assert.equal(twice.lastResponse.headers['idempotent-replayed'], 'true');
await assert.rejects(
  stripe.paymentIntents.create({ ...wanted, amount: 1 }, { idempotencyKey }),
  error => error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400);

// Refusals arrive as the client's own kinds of error.
await assert.rejects(
  stripe.paymentIntents.create({ ...order(), payment_method: 'tok_insufficient_funds' }),
  error => error instanceof Stripe.errors.StripeCardError
    && error.code === 'card_declined' && error.decline_code === 'insufficient_funds'
    && error.payment_intent.status === 'requires_payment_method');
await assert.rejects(
  stripe.paymentIntents.create({ ...order(), payment_method: 'tok_nobody' }),
  error => error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing');
await assert.rejects(
  stripe.paymentIntents.retrieve('pi_nobody'),
  error => error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404);
await assert.rejects(
  stripe.paymentIntents.create({ ...order(), payment_method: 'tok_fail_after' }),
  error => error instanceof Stripe.errors.StripeAPIError && error.statusCode === 500);
await assert.rejects(
  new Stripe('sk_live_node', settings).paymentIntents.retrieve(paid.id),
  error => error instanceof Stripe.errors.StripeAuthenticationError);
await assert.rejects(
  new Stripe('sk_test_node', { ...settings, timeout: 300 }).paymentIntents.create({ ...order(), payment_method: 'tok_timeout' }),
  error => error instanceof Stripe.errors.StripeConnectionError);

// Open, confirm, cancel.
const open = await stripe.paymentIntents.create({ amount: 999, currency: 'usd' });
assert.equal(open.status, 'requires_payment_method');
assert.equal((await stripe.paymentIntents.confirm(open.id, { payment_method: 'tok_ok' })).status, 'succeeded');
const unwanted = await stripe.paymentIntents.create({ amount: 999, currency: 'gbp', payment_method: 'tok_ok' });
assert.equal(unwanted.status, 'requires_confirmation');
assert.equal((await stripe.paymentIntents.cancel(unwanted.id)).status, 'canceled');
await assert.rejects(
  stripe.paymentIntents.cancel(open.id),
  error => error.code === 'payment_intent_unexpected_state' && error.payment_intent.id === open.id);

// Lists, page by page, the newest first.
const listed = [];
for await (const payment of stripe.paymentIntents.list({ limit: 2, created: { gte: paid.created } })) listed.push(payment.id);
assert.ok(listed.includes(paid.id) && listed.includes(open.id) && listed.length >= 6);
assert.deepEqual(listed, [...new Set(listed)].sort().reverse());

// Refunds: a part, the rest, and no more.
const part = await stripe.refunds.create({ payment_intent: paid.id, amount: 499, reason: 'requested_by_customer' });
assert.equal(part.object, 'refund');
assert.equal(part.status, 'succeeded');
assert.equal((await stripe.refunds.retrieve(part.id)).amount, 499);
await assert.rejects(
  stripe.refunds.create({ payment_intent: paid.id, amount: 1001 }),
  error => error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'amount');
assert.equal((await stripe.refunds.create({ payment_intent: paid.id })).amount, 1000);
await assert.rejects(
  stripe.refunds.create({ payment_intent: paid.id }),
  error => error.code === 'charge_already_refunded');

// The webhook that came to our merchant carries a signature that the client accepts.
const event = stripe.webhooks.constructEvent(webhook.body, webhook.signature, secret);
assert.equal(event.type, 'payment_intent.succeeded');
assert.equal(event.data.object.status, 'succeeded');
assert.throws(
  () => stripe.webhooks.constructEvent(webhook.body + ' ', webhook.signature, secret),
  error => error instanceof Stripe.errors.StripeSignatureVerificationError);

console.log('agreed');
