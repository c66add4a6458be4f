using MiStore.Gateway.DevTokens;
using MiStore.Gateway.Docs;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Health;
using MiStore.Gateway.Live;
using MiStore.Gateway.Load;
using MiStore.Gateway.Proxy;
using MiStore.Gateway.Shelf;
using MiStore.Gateway.WaitingRoom;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

// For ./mistore: the code that draws also checks a draw, wherever its record lies.
if (args is ["verify-queue", .. var record])
    return await VerifyQueue.Run(record);

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddEdge();
builder.AddRateLimits();
builder.AddLoadLimits();
builder.AddShelf();
builder.AddLive();
builder.AddWaitingRooms();
builder.AddMessaging("gateway", bus =>
{
    bus.AddShelfNews();
    bus.AddLiveNews();
    bus.AddRoomNews();
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
app.UseOrderWatch();

app.MapDocument();
app.MapDevTokens();
app.MapFollowMarket();
app.MapWaitingRooms();
app.MapProxy();

app.Run();
return 0;
