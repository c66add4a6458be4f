// MiStore on one page: the stores, the broker, the services, and the one door that the public sees.
// Written against .NET Aspire's API; where Aspire is not to be had, the same page compiles against Local/.

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// Secrets, made once and kept: who may sign a price, who may admit to a sale and draw its order, who may call as an operator,
// who may report a payment, whose links in mails are ours, who signs what became of a batch.
var quoteKey = Secret("quote-key");
var ticketKey = Secret("ticket-key");
var seedKey = Secret("seed-key");
var operatorKey = Secret("operator-key");
var orderKey = Secret("order-key");
var webhookKey = Secret("webhook-key");
var noticeKey = Secret("notice-key");
var receiptKey = Secret("receipt-key");

// A launch can be lived through at any moment: MISTORE_AT=2015-05-31T23:59:00+01:00 starts every service's clock there.
var startAt = builder.Configuration.GetValue<DateTimeOffset?>("MISTORE_AT");
var clockOffset = startAt is null ? TimeSpan.Zero : startAt.Value - DateTimeOffset.UtcNow;

// How many of every service; each answers for any other of its kind. The gateway is the one that has the public port.
var replicas = builder.Configuration.GetValue("MISTORE_REPLICAS", 1);

// Mails go to Mail__Host, or where none is set into a folder.
var home = Path.GetFullPath(builder.Configuration["MISTORE_HOME"] is { Length: > 0 } named ? named : ".mistore");
var mail = builder.Configuration.GetSection("Mail");
var mailFolder = Path.Combine(home, "mail");

// Stores: one database a service, one server for all of them. One replica of each service may want 72 connections, two of them more
// than the hundred that PostgreSQL has by itself.
var postgres = builder.AddPostgres("postgres").WithImageTag("17").WithDataVolume()
    .WithArgs("-c", $"max_connections={100 * (replicas + 1)}");
var catalogDb = postgres.AddDatabase("catalogdb");
var pricingDb = postgres.AddDatabase("pricingdb");
var checkoutDb = postgres.AddDatabase("checkoutdb");
var sandboxDb = postgres.AddDatabase("sandboxdb");
var redis = builder.AddRedis("redis").WithDataVolume().WithPersistence();
var rabbitmq = builder.AddRabbitMQ("rabbitmq").WithDataVolume();

// Services: each answers from its own store and hears the others' news over RabbitMQ, never on a request path.
var catalog = Service<Projects.Catalog>("catalog")
    .WithReference(catalogDb).WaitFor(catalogDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithEnvironment("Operators__Key", operatorKey)
    .WithEnvironment("Notices__Key", noticeKey)
    .WithEnvironment("Mail__Folder", mailFolder);
foreach (var setting in mail.GetChildren().Where(setting => setting.Value is not null))
    catalog.WithEnvironment($"Mail__{setting.Key}", setting.Value!);

var pricing = Service<Projects.Pricing>("pricing")
    .WithReference(pricingDb).WaitFor(pricingDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithEnvironment("Quotes__Key", quoteKey)
    .WithEnvironment("Operators__Key", operatorKey);

var cart = Service<Projects.Cart>("cart")
    .WithReference(redis).WaitFor(redis)
    .WithReference(rabbitmq).WaitFor(rabbitmq);

// The payment provider of a shop that takes no real money yet: it speaks Stripe's API and keeps its own book.
var sandbox = Service<Projects.PaymentSandbox>("payment-sandbox")
    .WithReference(sandboxDb).WaitFor(sandboxDb)
    .WithEnvironment("Webhooks__Secret", webhookKey);

var checkout = Service<Projects.Checkout>("checkout")
    .WithReference(checkoutDb).WaitFor(checkoutDb)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithEnvironment("Quotes__Key", quoteKey)
    .WithEnvironment("Tickets__Key", ticketKey)
    .WithEnvironment("Operators__Key", operatorKey)
    .WithEnvironment("Orders__AccessKey", orderKey)
    .WithEnvironment("Receipts__Key", receiptKey)
    .WithEnvironment("Stripe__BaseAddress", sandbox.GetEndpoint("http"))
    .WithEnvironment("Stripe__WebhookSecret", webhookKey);

sandbox.WithEnvironment("Webhooks__Endpoint", checkout.GetEndpoint("http"));

// The pages. They use the public API like everybody else, so they need no more than the gateway's address (below).
var storefront = Service<Projects.MiStore_Storefront>("storefront");

// The one public URL.
var gateway = Service<Projects.MiStore_Gateway>("gateway", port: builder.Configuration.GetValue("MISTORE_PORT", 8080))
    .WithReplicas(1)
    .WithExternalHttpEndpoints()
    .WithEnvironment("Operators__Key", operatorKey)
    .WithEnvironment("Tickets__Key", ticketKey)
    .WithEnvironment("WaitingRoom__SeedKey", seedKey)
    .WithReference(redis).WaitFor(redis)
    .WithReference(rabbitmq).WaitFor(rabbitmq)
    .WithReference(catalog).WaitFor(catalog)
    .WithReference(pricing).WaitFor(pricing)
    .WithReference(cart).WaitFor(cart)
    .WithReference(checkout).WaitFor(checkout)
    .WithReference(storefront).WaitFor(storefront);

storefront.WithEnvironment("Store__Api", gateway.GetEndpoint("http"));
catalog.WithEnvironment("Notices__StoreUrl", gateway.GetEndpoint("http"));

// Ten minutes after the end of every sale: how it went, as a page and a file in the home's folder sales.
builder.AddProject<Projects.Rehearsal>("sale-reports")
    .WithArgs("sale-report", "--watch")
    .WithEnvironment("MISTORE_URL", gateway.GetEndpoint("http"))
    .WithEnvironment("MISTORE_HOME", home)
    .WithEnvironment("Operators__Key", operatorKey)
    .WaitFor(gateway)
    .ExcludeFromManifest();

// Not of the store, and nothing runs until somebody presses Start on the dashboard: a launch, played in a market of its own, then
// the audit and the verdict. In a shell it is ./mistore rehearse.
builder.AddProject<Projects.Rehearsal>("run-10000-buyers")
    .WithArgs("--buyers", "10000", "--units", "1000", "--seconds", "30", "--waiting-room")
    .WithEnvironment("MISTORE_URL", gateway.GetEndpoint("http"))
    .WithEnvironment("MISTORE_HOME", home)
    .WaitFor(gateway)
    .WithExplicitStart()
    .ExcludeFromManifest();

builder.Build().Run();

// What holds for every service: an HTTP endpoint, a health check, and the same clock.
IResourceBuilder<ProjectResource> Service<TProject>(string name, int? port = null)
    where TProject : IProjectMetadata, new() => builder
    .AddProject<TProject>(name)
    .WithReplicas(replicas)
    .WithHttpEndpoint(port: port)
    .WithHttpHealthCheck("/health")
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName)
    .WithEnvironment("Clock__Offset", clockOffset.ToString("c"));

IResourceBuilder<ParameterResource> Secret(string name) => builder.AddParameter(
    name, new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);
