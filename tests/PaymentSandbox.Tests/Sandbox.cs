using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MiStore.Checkout.Payments;
using MiStore.Contracts;
using MiStore.PaymentSandbox.Book;

namespace MiStore.PaymentSandbox.Tests;

/// <summary>The sandbox on a real PostgreSQL, a merchant to report to, and our own client, all over HTTP.</summary>
public sealed class Sandbox : ServersFixture
{
    TestDatabase database = null!;
    ServiceUnderTest<SandboxOptions> service = null!;
    ServiceProvider patient = null!;
    ServiceProvider impatient = null!;

    /// <summary>Stands still until a test moves it: three seconds, or eleven minutes, pass at once.</summary>
    public TestClock Clock { get; } = new(new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public Merchant Merchant { get; private set; } = null!;

    public IPaymentProvider Payments { get; private set; } = null!;

    /// <summary>A client that soon gives up, for cards on which the sandbox never answers.</summary>
    public IPaymentProvider Impatient { get; private set; } = null!;

    /// <summary>Without our client, to see what is really said.</summary>
    public HttpClient Http { get; private set; } = null!;

    public static Charge ACharge(string token, long cents = 1499) =>
        new(Guid.CreateVersion7(), "MI-1", new Money(cents, "EUR"), token, Guid.NewGuid().ToString());

    /// <summary>Our client as Checkout registers it.</summary>
    public static ServiceProvider CheckoutClient(Uri address, int timeoutSeconds)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration["Stripe:BaseAddress"] = address.ToString();
        builder.Configuration["Stripe:WebhookSecret"] = TestKeys.Webhooks;
        builder.Configuration["Stripe:TimeoutSeconds"] = timeoutSeconds.ToString();
        builder.AddStripePayments();
        return builder.Services.BuildServiceProvider();
    }

    /// <summary>The book itself, for what no request could ask of it.</summary>
    public PaymentBook PaymentBook => service.Services.GetRequiredService<PaymentBook>();

    /// <summary>What the provider's book says was taken for an order, payment by payment.</summary>
    public async Task<List<(long Captured, long Refunded)>> Book(Guid orderId) => await Book(Http, orderId);

    public static async Task<List<(long Captured, long Refunded)>> Book(HttpClient http, Guid orderId)
    {
        var entries = new List<(long, long)>();
        for (var after = ""; ;)
        {
            using var page = JsonDocument.Parse(await http.GetStringAsync($"/v1/book?limit=100&after={after}", TestContext.Current.CancellationToken));
            foreach (var entry in page.RootElement.GetProperty("data").EnumerateArray())
            {
                after = entry.GetProperty("id").GetString()!;
                if (entry.GetProperty("order_id").GetString() == orderId.ToString())
                    entries.Add((entry.GetProperty("captured").GetInt64(), entry.GetProperty("refunded").GetInt64()));
            }
            if (!page.RootElement.GetProperty("has_more").GetBoolean())
                return entries;
        }
    }

    public async Task<(HttpResponseMessage Response, JsonElement Body)> Post(string path, string? key, params (string, string)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response, JsonDocument.Parse(body).RootElement.Clone());
    }

    protected override async Task Start()
    {
        database = await TestDatabase.Create(typeof(SandboxOptions).Assembly);
        Merchant = await Merchant.Start();
        service = await new ServiceUnderTest<SandboxOptions>()
            .Using(database, "sandboxdb").Using(Clock).With("Webhooks:Endpoint", Merchant.Url).Start();
        Http = Client(service.Client.BaseAddress!);
        patient = CheckoutClient(service.Client.BaseAddress!, timeoutSeconds: 60);
        impatient = CheckoutClient(service.Client.BaseAddress!, timeoutSeconds: 2);
        Payments = patient.GetRequiredService<IPaymentProvider>();
        Impatient = impatient.GetRequiredService<IPaymentProvider>();
    }

    protected override async Task Stop()
    {
        await patient.DisposeAsync();
        await impatient.DisposeAsync();
        await service.DisposeAsync();
        await Merchant.DisposeAsync();
        await database.DisposeAsync();
    }

    public static HttpClient Client(Uri address) => new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_tests") },
    };
}
