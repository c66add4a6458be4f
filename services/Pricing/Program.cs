using Microsoft.Extensions.Options;
using MiStore.Contracts.Quotes;
using MiStore.Messaging;
using MiStore.Messaging.Replays;
using MiStore.Pricing.Legal;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Offers;
using MiStore.Pricing.PriceLists;
using MiStore.Pricing.Products;
using MiStore.Pricing.Quotes;
using MiStore.Pricing.Rates;
using MiStore.Pricing.Readiness;
using MiStore.Pricing.Seed;
using MiStore.ServiceDefaults;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);

// Defaults
builder.AddServiceDefaults();
builder.AddOperators();
builder.Services.AddValidation();

// Store
builder.AddNpgsqlDataSource("pricingdb", configureDataSourceBuilder: db =>
{
    // Few connections serve many requests. What a quote is made of is seven short questions: planned anew each time they cost three
    // times what they cost to answer. Nothing outlives its transaction on a connection that would have to be reset before the next.
    db.ConnectionStringBuilder.MaxPoolSize = 12;
    db.ConnectionStringBuilder.MaxAutoPrepare = 64;
    db.ConnectionStringBuilder.NoResetOnClose = true;
    db.ConnectionStringBuilder.Options = "-c plan_cache_mode=force_generic_plan";
});
builder.AddOutbox();

// Messaging
builder.AddMessaging("pricing", consumers =>
{
    consumers.AddConsumer<ProductPublishedConsumer>();
    consumers.AddConsumer<AvailabilityChangedConsumer>();
    consumers.AddConsumer<ReplayRequestedConsumer>();
    consumers.AddConsumer<ReplayFinishedConsumer>();
});
builder.Services.AddSingleton<ICopies>(services => new PostgresCopies(
    services.GetRequiredService<NpgsqlDataSource>(),
    new Dictionary<string, string>
    {
        ["catalog"] = "select array[count(*)] from products",
        ["checkout"] = "select array[count(*)] from stock",
    }));
builder.AddCopyKeeper("pricing");
builder.Services.AddSingleton<CheckSeed>();
builder.Services.AddHostedService(services => services.GetRequiredService<CheckSeed>());
builder.Services.AddHealthChecks().AddCheck<CheckSeed>("seed");

// Quotes
builder.Services.AddOptions<QuoteOptions>().BindConfiguration("Quotes").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton(services => new QuoteSignature(services.GetRequiredService<IOptions<QuoteOptions>>().Value.Key));
builder.Services.AddSingleton<TermsVersion>();
builder.Services.AddSingleton<KeptTerms>();

var app = builder.Build();
await app.Migrate("pricingdb", typeof(Work).Assembly, typeof(Program).Assembly);
await app.Seed();

app.UseServiceDefaults();

var markets = app.MapGroup("/api/markets").WithTags("Markets");
markets.MapListMarkets();
markets.MapGetMarket();
markets.MapReadLegalText();

app.MapQuoteLines();

var admin = app.MapGroup("/api/admin").WithTags("Operating").RequireOperator()
    .ProducesProblem(StatusCodes.Status401Unauthorized)
    .ProducesProblem(StatusCodes.Status403Forbidden);
admin.MapAddMarket();
admin.MapScheduleMarket();
admin.MapPauseMarket();
admin.MapPauseProduct();
admin.MapGetReadiness();
admin.MapOverrideReadiness();
admin.MapRecordRehearsal();
admin.MapSetPrice();
admin.MapSetLimit();
admin.MapSetTax();
admin.MapSetShipping();
admin.MapPublishLegalText();

app.Run();
