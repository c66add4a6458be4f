using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MiStore.Client;

/// <summary>
/// The public API of a MiStore in C#, written by hand and held against the served OpenAPI document by a test. Unknown
/// members of an answer are passed over, so that the store may say more than this client knows.
/// </summary>
/// <param name="http">Its base address is the gateway's.</param>
public sealed class StoreClient(HttpClient http)
{
    const string SaleTicket = "Sale-Ticket";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<Reply<IReadOnlyList<Market>>> ListMarkets(CancellationToken cancellation = default)
    {
        var reply = await Get<MarketList>("/api/markets", cancellation);
        return new Reply<IReadOnlyList<Market>>(reply.Value?.Markets, reply.Refusal);
    }

    /// <param name="language">Two letters.</param>
    /// <param name="pageSize">1 to 100.</param>
    public Task<Reply<Listing>> BrowseProducts(
        string market, string language, string? search = null, string? category = null, int pageSize = 100,
        CancellationToken cancellation = default) => Get<Listing>(
        $"/api/markets/{Part(market)}/products?language={Part(language)}&pageSize={pageSize}"
        + (search is null ? "" : $"&search={Part(search)}") + (category is null ? "" : $"&category={Part(category)}"), cancellation);

    public Task<Reply<Product>> GetProduct(string market, string slug, string language, CancellationToken cancellation = default) =>
        Get<Product>($"/api/markets/{Part(market)}/products/{Part(slug)}?language={Part(language)}", cancellation);

    /// <summary>The legal texts that a market has now, in the order in which a page lists them.</summary>
    public async Task<Reply<IReadOnlyList<LegalVersion>>> ListLegalTexts(string market, CancellationToken cancellation = default)
    {
        var reply = await Get<LegalList>($"/api/markets/{Part(market)}/legal", cancellation);
        return new Reply<IReadOnlyList<LegalVersion>>(reply.Value?.Documents, reply.Refusal);
    }

    /// <param name="version">As an order accepted it; the one that holds now, where it is left out.</param>
    public Task<Reply<LegalText>> ReadLegalText(
        string market, string document, string language, int? version = null, CancellationToken cancellation = default) => Get<LegalText>(
        $"/api/markets/{Part(market)}/legal/{Part(document)}?language={Part(language)}" + (version is null ? "" : $"&version={version}"), cancellation);

    public Task<Reply<Cart>> OpenCart(OpenCartRequest cart, string language, CancellationToken cancellation = default) =>
        Send<Cart>(HttpMethod.Post, $"/api/carts?language={Part(language)}", cart, cancellation);

    public Task<Reply<Cart>> GetCart(string id, string language, CancellationToken cancellation = default) =>
        Get<Cart>($"/api/carts/{Part(id)}?language={Part(language)}", cancellation);

    public Task<Reply<Cart>> SetCartLine(string id, string sku, int quantity, string language, CancellationToken cancellation = default) =>
        Send<Cart>(
            HttpMethod.Put, $"/api/carts/{Part(id)}/lines/{Part(sku)}?language={Part(language)}", new SetCartLineRequest(quantity), cancellation);

    public Task<Reply<Cart>> RemoveCartLine(string id, string sku, string language, CancellationToken cancellation = default) =>
        Send<Cart>(HttpMethod.Delete, $"/api/carts/{Part(id)}/lines/{Part(sku)}?language={Part(language)}", null, cancellation);

    public Task<Reply<SwitchedCart>> SwitchMarket(string id, string market, string language, CancellationToken cancellation = default) =>
        Send<SwitchedCart>(
            HttpMethod.Put, $"/api/carts/{Part(id)}/market?language={Part(language)}", new SwitchMarketRequest(market), cancellation);

    /// <summary>Puts another cart's lines into this one. The other stays as it is, and doing it twice adds nothing twice.</summary>
    public Task<Reply<MergedCart>> MergeCarts(string id, string from, string language, CancellationToken cancellation = default) =>
        Send<MergedCart>(
            HttpMethod.Post, $"/api/carts/{Part(id)}/merge?language={Part(language)}", new MergeCartsRequest(from), cancellation);

    public Task<Reply<Quote>> QuoteLines(QuoteRequest quote, CancellationToken cancellation = default) =>
        Send<Quote>(HttpMethod.Post, "/api/quotes", quote, cancellation);

    /// <param name="key">The Idempotency-Key: new for each order, the same for each retry of it.</param>
    /// <param name="ticket">Of somebody whose turn it is, where something is sold in turn.</param>
    public Task<Reply<PlacedOrder>> PlaceOrder(
        OrderRequest order, string key, string? ticket = null, CancellationToken cancellation = default) => Send<PlacedOrder>(
        HttpMethod.Post, "/api/orders", order, cancellation, request =>
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            if (ticket is not null)
                request.Headers.TryAddWithoutValidation(SaleTicket, ticket);
        });

    /// <param name="wait">Up to how long the store may hold the answer until the payment is decided.</param>
    public Task<Reply<Order>> GetOrder(Guid id, string accessToken, TimeSpan wait = default, CancellationToken cancellation = default) =>
        Send<Order>(HttpMethod.Get, $"/api/orders/{id}", null, cancellation, request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            if (wait > TimeSpan.Zero)
                request.Headers.TryAddWithoutValidation("Prefer", $"wait={(int)wait.TotalSeconds}");
        });

    public Task<Reply<Order>> CancelOrder(Guid id, string accessToken, CancellationToken cancellation = default) =>
        Send<Order>(
            HttpMethod.Post, $"/api/orders/{id}/cancellation", null, cancellation,
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken));

    /// <summary>For who has lost the order's link. Five wrong tries lock the number for a quarter of an hour.</summary>
    public Task<Reply<OrderStanding>> LookUpOrder(LookUpOrderRequest order, CancellationToken cancellation = default) =>
        Send<OrderStanding>(HttpMethod.Post, "/api/orders/lookup", order, cancellation);

    /// <summary>The sales that are held in turn in a market, the next opening first.</summary>
    public async Task<Reply<IReadOnlyList<Sale>>> ListSales(string market, CancellationToken cancellation = default)
    {
        var reply = await Get<SaleList>($"/api/sales?market={Part(market)}", cancellation);
        return new Reply<IReadOnlyList<Sale>>(reply.Value?.Sales, reply.Refusal);
    }

    public Task<Reply<Sale>> GetSale(Guid id, CancellationToken cancellation = default) => Get<Sale>($"/api/sales/{id}", cancellation);

    /// <summary>Takes a place in the line of a sale. A mailbox has one, so asking again gives the same.</summary>
    /// <param name="onBehalfOf">The client's address, for a caller that asks for many; the store counts places by network.</param>
    public Task<Reply<PlaceInLine>> TakeTicket(
        Guid saleId, TakeTicketRequest place, string? onBehalfOf = null, CancellationToken cancellation = default) => Send<PlaceInLine>(
        HttpMethod.Post, $"/api/sales/{saleId}/tickets", place, cancellation, request =>
        {
            if (onBehalfOf is not null)
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", onBehalfOf);
        });

    /// <summary>Where a ticket stands; asking keeps the place.</summary>
    public Task<Reply<PlaceInLine>> GetTicket(Guid saleId, string ticket, CancellationToken cancellation = default) => Send<PlaceInLine>(
        HttpMethod.Get, $"/api/sales/{saleId}/ticket", null, cancellation,
        request => request.Headers.TryAddWithoutValidation(SaleTicket, ticket));

    /// <summary>Asks for more time to order; asking twice about the same end gives it once.</summary>
    public Task<Reply<PlaceInLine>> ExtendTurn(Guid saleId, string ticket, CancellationToken cancellation = default) => Send<PlaceInLine>(
        HttpMethod.Post, $"/api/sales/{saleId}/ticket/extension", null, cancellation,
        request => request.Headers.TryAddWithoutValidation(SaleTicket, ticket));

    /// <summary>
    /// The store writes to the address, and once its link has been followed, tells when the product can be bought, or before its
    /// sale opens.
    /// </summary>
    /// <returns>Why not; null when it has been noted, which is said to everybody alike.</returns>
    public async Task<Refusal?> AskForNotice(NoticeRequest notice, CancellationToken cancellation = default) =>
        (await Send<Nothing>(HttpMethod.Post, "/api/notices", notice, cancellation)).Refusal;

    Task<Reply<T>> Get<T>(string path, CancellationToken cancellation) where T : class => Send<T>(HttpMethod.Get, path, null, cancellation);

    async Task<Reply<T>> Send<T>(
        HttpMethod method, string path, object? body, CancellationToken cancellation, Action<HttpRequestMessage>? shape = null) where T : class
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        shape?.Invoke(request);

        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                return new Reply<T>(null, await ReadRefusal(response, cancellation));
            return typeof(T) == typeof(Nothing)
                ? new Reply<T>(null, null)
                : new Reply<T>(await response.Content.ReadFromJsonAsync<T>(Json, cancellation), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || fault is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Reply<T>(null, Refusal.Unreachable);
        }
    }

    static async Task<Refusal> ReadRefusal(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            try
            {
                var members = await response.Content.ReadFromJsonAsync<Dictionary<string, JsonElement>>(Json, cancellation) ?? [];
                var refusal = new Refusal(status, "", members);
                return refusal with { Code = refusal.Text("code") ?? "" };
            }
            catch (JsonException)
            {
                // Then the status has to do.
            }

        return response.StatusCode == HttpStatusCode.ServiceUnavailable
            ? Refusal.Unreachable
            : new Refusal(status, "", new Dictionary<string, JsonElement>());
    }

    static string Part(string text) => Uri.EscapeDataString(text);

    /// <summary>The answer of a call that says no more than that it was done.</summary>
    sealed class Nothing;
}
