using MiStore.Gateway.DevTokens;
using MiStore.Gateway.Docs;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Health;
using MiStore.Gateway.Live;
using MiStore.Gateway.Load;
using MiStore.Gateway.Proxy;
using MiStore.Gateway.Shelf;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddEdge();
builder.AddRateLimits();
builder.AddLoadLimits();
builder.AddShelf();
builder.AddLive();
builder.AddMessaging("gateway", bus =>
{
    bus.AddShelfNews();
    bus.AddLiveNews();
}, everyInstance: true);
builder.AddProxy();
builder.AddServicesHealth();
builder.AddDevTokens();

var app = builder.Build();

app.UseKnownAnswers();
app.UseSecurityHeaders();
app.UseServiceDefaults();
app.UseTrustedProxies();
app.UseRequestGuard();
app.UseCanonicalRequest();
app.UseRouting();
app.UseConditionalGet();
app.UseShelf();
app.UseRateLimiter();
app.UseLoadShedding();
app.UseDocs();

app.MapDocument();
app.MapDevTokens();
app.MapFollowMarket();
app.MapProxy();

app.Run();
