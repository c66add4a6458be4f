using MiStore.PaymentSandbox;
using MiStore.PaymentSandbox.Book;
using MiStore.PaymentSandbox.Cards;
using MiStore.PaymentSandbox.Http;
using MiStore.PaymentSandbox.Payments;
using MiStore.PaymentSandbox.Refunds;
using MiStore.PaymentSandbox.Webhooks;
using MiStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

// A bigger pool is slower: connections beyond this only wait for each other's commits.
builder.AddNpgsqlDataSource("sandboxdb", configureDataSourceBuilder: source =>
{
    source.ConnectionStringBuilder.MaxPoolSize = 16;
    source.ConnectionStringBuilder.MaxAutoPrepare = 32;
    source.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
    // Nothing here outlives its transaction on a connection, so there is nothing to be reset before the next.
    source.ConnectionStringBuilder.NoResetOnClose = true;
});

builder.Services.AddOptions<SandboxOptions>().BindConfiguration("Sandbox").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton<PaymentBook>().AddSingleton<EventBook>().AddSingleton<Confirming>();
builder.Services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler
{
    PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    AllowAutoRedirect = false,
})
{
    Timeout = WebhookSender.Timeout,
});
builder.Services.AddSingleton<WebhookSender>().AddHostedService(services => services.GetRequiredService<WebhookSender>());

var app = builder.Build();
app.UseServiceDefaults();

var v1 = app.MapGroup("/v1").AddEndpointFilter(StripeManners.Apply);

var payments = v1.MapGroup("/payment_intents");
payments.MapCreatePayment();
payments.MapListPayments();
payments.MapSearchPayments();
payments.MapGetPayment();
payments.MapConfirmPayment();
payments.MapCancelPayment();

var refunds = v1.MapGroup("/refunds");
refunds.MapCreateRefund();
refunds.MapGetRefund();

v1.MapReadBook();
v1.MapFallback("/{**path}", (HttpContext http) =>
    Task.FromException(StripeError.NoSuchUrl(http.Request.Method, http.Request.Path)));

await app.Migrate("sandboxdb", typeof(Program).Assembly);
await app.RunAsync();
