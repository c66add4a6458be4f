using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MiStore.Gateway.Tests;

/// <summary>The gateway as it is, in front of servers that only show what reaches them.</summary>
public sealed class Door : ServersFixture
{
    ServiceUnderTest<Program> gateway = null!;

    public HttpClient Client => gateway.Client;

    public IServiceProvider Services => gateway.Services;

    public TestBroker Broker { get; private set; } = null!;

    public Upstream Catalog { get; private set; } = null!;
    public Upstream Pricing { get; private set; } = null!;
    public Upstream Cart { get; private set; } = null!;
    public Upstream Checkout { get; private set; } = null!;
    public Upstream Storefront { get; private set; } = null!;

    protected override async Task Start()
    {
        Broker = await TestBroker.Create();
        (Catalog, Pricing, Cart, Checkout) = (await Upstream.Start(), await Upstream.Start(), await Upstream.Start(), await Upstream.Start());
        Storefront = await Upstream.Start();
        gateway = await Before(Broker, Catalog.Address, Pricing.Address, Cart.Address, Checkout.Address, Storefront.Address).Start();
    }

    protected override async Task Stop()
    {
        await gateway.DisposeAsync();
        foreach (var upstream in new[] { Catalog, Pricing, Cart, Checkout, Storefront })
            await upstream.DisposeAsync();
        await Broker.DisposeAsync();
    }

    /// <param name="storefront">Without one, it stands where Catalog does.</param>
    public static ServiceUnderTest<Program> Before(
        TestBroker broker, string catalog, string pricing, string cart, string checkout, string? storefront = null) =>
        new ServiceUnderTest<Program>()
            .Using(broker)
            // Only the waiting room needs it, and nobody waits where there is no sale.
            .With("ConnectionStrings:redis", TestServers.Redis + ",abortConnect=false")
            // That a crowd asks once is not to depend on how long this machine takes over the answer.
            .With("Shelf:PatienceSeconds", "60")
            .With("services:catalog:http:0", catalog)
            .With("services:pricing:http:0", pricing)
            .With("services:cart:http:0", cart)
            .With("services:checkout:http:0", checkout)
            .With("services:storefront:http:0", storefront ?? catalog);

    /// <summary>A request as it stands, which HttpClient would tidy up before it sends it.</summary>
    /// <returns>All of the answer, as text.</returns>
    public static async Task<string> Send(HttpClient to, string target, params string[] headers)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", to.BaseAddress!.Port);
        var stream = connection.GetStream();
        var request = string.Join("\r\n", [$"GET {target} HTTP/1.1", $"Host: {to.BaseAddress.Authority}", "Connection: close", .. headers, "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        return await new StreamReader(stream).ReadToEndAsync();
    }
}

static class Answers
{
    public static async Task<JsonObject> ShouldBeProblem(this HttpResponseMessage response, int status, string code)
    {
        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        ((string?)problem["code"]).ShouldBe(code);
        ((string?)problem["type"]).ShouldBe("urn:mistore:" + code);
        return problem;
    }
}
