using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MiStore.Checkout.Payments;
using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Quotes;
using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;
using MiStore.Messaging;
using Npgsql;

namespace MiStore.Checkout.Tests;

/// <summary>Checkout as it is, on its own database and queues, with a clock that can be set and a provider that is played.</summary>
public sealed class CheckoutShop : ServersFixture
{
    readonly AProvider provider = new();
    TestDatabase database = null!;
    TestBroker broker = null!;
    ServiceUnderTest<Program> service = null!;
    HttpClient admin = null!;
    int customers;

    public TestClock Clock { get; } = new(AnOrder.Noon);

    public HttpClient Client => service.Client;

    public HttpClient Admin => admin;

    public NpgsqlDataSource Database => database.Source;

    internal AProvider Provider => provider;

    /// <summary>What the service itself works with.</summary>
    public T Service<T>() where T : notnull => service.Services.GetRequiredService<T>();

    /// <summary>All news of what is left.</summary>
    public Heard<AvailabilityChanged> Availability { get; private set; } = null!;

    /// <summary>How far the sales with a waiting room have come.</summary>
    public Heard<SaleProgressed> Sales { get; private set; } = null!;

    public HttpClient As(string role) => service.Operator(role: role);

    protected override async Task Start()
    {
        database = await TestDatabase.Create(typeof(UnitOfWork).Assembly, typeof(Program).Assembly);
        broker = await TestBroker.Create();
        Availability = await broker.Listen<AvailabilityChanged>();
        Sales = await broker.Listen<SaleProgressed>();
        service = await new ServiceUnderTest<Program>()
            .Using(database, "checkoutdb").Using(broker).Using(Clock)
            .With("Stripe:BaseAddress", "http://127.0.0.1:9") // nobody: the provider is played
            .With("Reservations:HoldSeconds", "600")
            .With(services => services.Replace(ServiceDescriptor.Singleton<IPaymentProvider>(provider)))
            .Start();
        admin = service.Operator();
    }

    protected override async Task Stop()
    {
        await service.DisposeAsync();
        await broker.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A SKU that nobody else's test uses, on sale in the US, with a batch of that many units.</summary>
    public async Task<string> OnSale(
        int units, int? limit = null, OfferState state = OfferState.Sellable, DateTimeOffset? opensAt = null, object? waitingRoom = null)
    {
        var sku = "T-" + Guid.NewGuid().ToString("n")[..12];
        await Offer(sku, 1, 1499, state);
        var released = await Eventually.Passes(async () =>
        {
            var answer = await admin.PostAsJsonAsync("/api/admin/batches", new
            {
                market = "US", sku, quantity = units, opensAt = opensAt ?? Clock.Now.AddHours(-1), limitPerCustomer = limit, waitingRoom,
            });
            answer.EnsureSuccessStatusCode();
            return answer;
        });
        released.Dispose();
        return sku;
    }

    public async Task Offer(string sku, long version, long price, OfferState state = OfferState.Sellable) =>
        await broker.Publish(new OfferPublished("US", sku, version,
            [new OfferTerms(DateTimeOffset.MinValue, state, new Money(price, "USD"), Reasons: state is OfferState.Restricted ? ["patents"] : null)]));

    public static string Seal(Quote quote) => new QuoteSignature(TestKeys.Quotes).Seal(quote);

    /// <summary>An order as a browser would send it, by a customer of its own unless one is named.</summary>
    public object Body(string sku, int units = 1, string token = "tok_ok", string? customer = null, Quote? quote = null, string region = "CA")
    {
        var who = customer ?? $"c{Interlocked.Increment(ref customers)}";
        return new
        {
            quote = Seal(quote ?? AnOrder.AQuote(sku, units, expiresAt: Clock.Now.AddMinutes(15))),
            cartId = (string?)null,
            customer = new { email = who + "@example.org", name = who },
            shippingAddress = new { name = who, line1 = who + " Street", line2 = (string?)null, city = "Sacramento", region, postalCode = "95814", country = "US" },
            payment = new { method = "card", token },
        };
    }

    public async Task<HttpResponseMessage> Place(object body, string? key = null, string? ticket = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        if (ticket is not null)
            request.Headers.Add(TicketSeal.Header, ticket);
        return await Client.SendAsync(request);
    }

    public async Task<Placed> PlaceWell(object body, string? key = null, string? ticket = null)
    {
        using var answer = await Place(body, key, ticket);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return Placed.Of(JsonDocument.Parse(text).RootElement);
    }

    public async Task<(int Status, JsonElement Body)> Ask(HttpMethod method, Placed order, string path = "", string? token = null, int wait = 0)
    {
        using var request = new HttpRequestMessage(method, $"/api/orders/{order.Id}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? order.AccessToken);
        if (wait > 0)
            request.Headers.Add("Prefer", $"wait={wait}");
        using var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>The sale, which is the batch, of a SKU that has one.</summary>
    public async Task<Guid> SaleOf(string sku) =>
        (await Admin.GetFromJsonAsync<JsonElement>("/api/admin/batches")).GetProperty("batches").EnumerateArray()
        .Single(batch => batch.GetProperty("sku").GetString() == sku).GetProperty("id").GetGuid();

    public Task Tell(object message) => broker.Publish(message);

    public async Task Becomes(Placed order, string status) => await Eventually.Passes(async () =>
        (await Ask(HttpMethod.Get, order)).Body.GetProperty("status").GetString().ShouldBe(status));

    public async Task<(int Remaining, int Reserved, int Sold)> Stock(string sku)
    {
        var batches = (await Admin.GetFromJsonAsync<JsonElement>("/api/admin/batches")).GetProperty("batches");
        var batch = batches.EnumerateArray().Single(it => it.GetProperty("sku").GetString() == sku);
        return (batch.GetProperty("remaining").GetInt32(), batch.GetProperty("reserved").GetInt32(), batch.GetProperty("sold").GetInt32());
    }

    public async Task BooksBalance()
    {
        var audit = await Admin.GetFromJsonAsync<JsonElement>("/api/admin/audit");
        audit.GetProperty("clean").GetBoolean().ShouldBeTrue(audit.ToString());
    }

    public static async Task<string?> CodeOf(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }
}

public sealed record Placed(Guid Id, string Number, string Status, string AccessToken)
{
    public static Placed Of(JsonElement order) => new(
        order.GetProperty("id").GetGuid(), order.GetProperty("number").GetString()!, order.GetProperty("status").GetString()!,
        order.GetProperty("accessToken").GetString()!);
}
