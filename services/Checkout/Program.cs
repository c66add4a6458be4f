using MiStore.Checkout;
using MiStore.Checkout.Audit;
using MiStore.Checkout.Fulfilments;
using MiStore.Checkout.Inputs;
using MiStore.Checkout.Offers;
using MiStore.Checkout.Orders;
using MiStore.Checkout.Payments;
using MiStore.Checkout.Receipts;
using MiStore.Checkout.Stock;
using MiStore.Checkout.Taxes;
using MiStore.Contracts.Quotes;
using MiStore.Contracts.Sales;
using MiStore.Messaging;
using MiStore.Messaging.Replays;
using MiStore.ServiceDefaults;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddOperators();
builder.Services.AddValidation();

// The store. Few connections serve many buyers.
builder.AddNpgsqlDataSource("checkoutdb", configureDataSourceBuilder: CheckoutDatabase.Configure);
builder.Services.AddKeyedSingleton(CheckoutDatabase.ByKey, (services, _) => CheckoutDatabase.PlanningOnce(
    builder.Configuration.Required("ConnectionStrings:checkoutdb"), services.GetRequiredService<ILoggerFactory>()));

// What travels: offers in, orders and stock out.
builder.AddOutbox();
builder.AddMessaging("checkout", bus =>
{
    bus.AddConsumer<OfferPublishedConsumer>();
    bus.AddConsumer<ReplayRequestedConsumer>();
    bus.AddConsumer<ReplayFinishedConsumer>();
    bus.AddConsumer<TicketListClosedConsumer>();
});
builder.Services.AddSingleton<ICopies>(services => new PostgresCopies(
    services.GetRequiredService<NpgsqlDataSource>(),
    // Pricing counts its markets too; we keep only its offers, and note the markets that we heard of with them.
    new Dictionary<string, string> { ["pricing"] = "select array[count(*), count(distinct market)] from offers" }));
builder.AddCopyKeeper("checkout");
builder.Services.AddSingleton<OfferCopies>();
builder.Services.AddHostedService(services => services.GetRequiredService<OfferCopies>());

// Orders and their units.
builder.Services.AddOptions<ReservationOptions>().BindConfiguration("Reservations").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton(new QuoteSignature(builder.Configuration.Required("Quotes:Key")));
builder.Services.AddSingleton(new TicketSeal(builder.Configuration.Required("Tickets:Key")));
builder.Services.AddSingleton(new AccessTokens(builder.Configuration.Required("Orders:AccessKey")));
builder.Services.AddSingleton<LaneStore>();
builder.Services.AddSingleton<OrderWaiters>();
builder.Services.AddSingleton<OrderLanes>();
builder.Services.AddHostedService(services => services.GetRequiredService<OrderLanes>());
builder.Services.AddHostedService<ExpireReservations>();

// What the lanes were asked, for a while.
builder.Services.AddOptions<InputOptions>().BindConfiguration("Inputs").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddHostedService<ForgetInputs>();

// Money.
builder.AddStripePayments();
builder.Services.AddSingleton<PaymentDesk>();
builder.Services.AddSingleton<PaymentQueue>();
builder.Services.AddHostedService<StartPayments>();
builder.Services.AddHostedService<SettlePayments>();

// What became of a batch, signed for everybody.
builder.Services.AddSingleton(_ => new ReceiptKey(builder.Configuration.Required("Receipts:Key")));
builder.Services.AddSingleton<ReceiptDesk>();

var app = builder.Build();

await app.Migrate("checkoutdb", typeof(UnitOfWork).Assembly, typeof(Program).Assembly);
await app.ReleaseOpeningBatches();

app.UseServiceDefaults();

var orders = app.MapGroup("/api/orders").WithTags("Orders");
orders.MapPlaceOrder();
orders.MapGetOrder();
orders.MapCancelOrder();
orders.MapLookUpOrder();

var batches = app.MapGroup("/api/batches").WithTags("Receipts");
batches.MapListReceipts();
batches.MapGetReceiptKeys();
batches.MapGetReceipt();

var admin = app.MapGroup("/api/admin").WithTags("Operating").RequireOperator();
admin.MapListBatches();
admin.MapReleaseBatch();
admin.MapWithdrawBatch();
admin.MapGetInputs();
admin.MapAdvanceFulfilment();
admin.MapAudit();
admin.MapReportTaxes();

app.MapReceivePaymentReport();

app.Run();
