using MiStore.Catalog.Categories;
using MiStore.Catalog.Mails;
using MiStore.Catalog.Notices;
using MiStore.Catalog.Products;
using MiStore.Catalog.Replays;
using MiStore.Catalog.Restrictions;
using MiStore.Catalog.Seed;
using MiStore.Catalog.Shelf;
using MiStore.Messaging;
using MiStore.Messaging.Replays;
using MiStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.AddServiceDefaults();
builder.AddOperators();
builder.Services.AddValidation();

// Few connections serve many requests; many would only queue inside PostgreSQL. Our queries take milliseconds, and among
// ten thousand products PostgreSQL would spend a hundred of them on compiling each.
builder.AddNpgsqlDataSource("catalogdb", configureDataSourceBuilder: db =>
{
    db.ConnectionStringBuilder.MaxPoolSize = 12;
    db.ConnectionStringBuilder.Options = "-c jit=off";
});
builder.AddOutbox();
builder.AddMessaging("catalog", bus =>
{
    bus.AddConsumer<MarketChangedConsumer>();
    bus.AddConsumer<OfferPublishedConsumer>();
    bus.AddConsumer<AvailabilityChangedConsumer>();
    bus.AddConsumer<ReplayRequestedConsumer>();
    bus.AddConsumer<ReplayFinishedConsumer>();
    bus.AddConsumer<SendNoticeMailConsumer>(typeof(SendNoticeMailConsumerDefinition));
});
builder.AddShelfCopies();
builder.AddMail();
builder.AddNotices();

var app = builder.Build();
await app.Migrate("catalogdb", typeof(Program).Assembly, typeof(Work).Assembly);
await app.SeedCatalog();

app.SayWhereMailGoes();
app.UseServiceDefaults();
app.UseProductImages();

var products = app.MapGroup("/api/markets/{market}/products").WithTags("Shop");
products.MapBrowseProducts();
products.MapGetProduct();

app.MapNotices();

var operating = app.MapGroup("/api/admin/products").WithTags("Operating").RequireOperator();
operating.MapPublishProduct();
operating.MapShowProductToEdit();
operating.MapEditProduct();
operating.MapSetRestrictions();

app.MapGroup("/api/admin/categories").WithTags("Operating").RequireOperator().MapPutCategory();

app.Run();
