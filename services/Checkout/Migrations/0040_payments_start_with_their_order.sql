-- The intent to ask for an order's money is committed with the order, so there is no message any more that says it. What was still on
-- its way when the service was brought up to date is looked after at the order's due time.
delete from outbox where type like 'MiStore.Checkout.Payments.AuthorizePayment,%';
