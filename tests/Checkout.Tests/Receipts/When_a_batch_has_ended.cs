using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using MiStore.Checkout.Receipts;

namespace MiStore.Checkout.Tests.Receipts;

public sealed class When_a_batch_has_ended(CheckoutShop shop) : IClassFixture<CheckoutShop>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_receipt_says_what_the_ledger_adds_up_to()
    {
        var opensAt = shop.Clock.Now.AddMinutes(1);
        var sku = await shop.OnSale(units: 3, opensAt: opensAt);
        var batch = await shop.SaleOf(sku);
        (await CodeOf(batch)).ShouldBe("batch-not-ended");

        // One buys; one buys and gives back; one cannot pay; then two take what is left.
        shop.Clock.Now = opensAt;
        await Paid(sku);
        shop.Clock.Advance(TimeSpan.FromSeconds(10));
        await GiveBack(await Paid(sku));
        await shop.Becomes(await shop.PlaceWell(shop.Body(sku, token: "tok_declined")), "rejected");
        shop.Clock.Advance(TimeSpan.FromSeconds(20));
        await Paid(sku);
        (await CodeOf(batch)).ShouldBe("batch-not-ended");
        var last = await Paid(sku);

        var receipt = await Receipt(batch);
        receipt.ShouldBe(await ByHand(batch));
        receipt.Ending.ShouldBe(Ending.SoldOut);
        (receipt.Announced, receipt.Sold, receipt.Unsold, receipt.Returned, receipt.Cancelled).ShouldBe((3, 3, 0, 1, 1));
        (receipt.OpenedAt, receipt.SoldOutAt, receipt.SecondsToSellOut).ShouldBe((opensAt, opensAt.AddSeconds(30), 30));

        // What is given back is on sale again, and until it is sold there is no receipt; then a later one.
        await GiveBack(last);
        (await CodeOf(batch)).ShouldBe("batch-not-ended");
        shop.Clock.Advance(TimeSpan.FromSeconds(30));
        await Paid(sku);

        var later = await Receipt(batch);
        later.ShouldBe(await ByHand(batch));
        later.Entries.ShouldBeGreaterThan(receipt.Entries);
        (later.Cancelled, later.FirstSoldOutAt, later.SoldOutAt).ShouldBe((2, opensAt.AddSeconds(30), opensAt.AddSeconds(60)));
    }

    [Fact]
    public async Task What_was_left_at_the_close_is_unsold_once_nobody_holds_a_unit()
    {
        var (sku, batch) = await OnSaleFor(TimeSpan.FromMinutes(5), units: 5);
        await Paid(sku, units: 2);
        var unpaid = await shop.PlaceWell(shop.Body(sku, token: "tok_silent")); // nobody says how it went
        (await CodeOf(batch)).ShouldBe("batch-not-ended");

        shop.Clock.Advance(TimeSpan.FromMinutes(6));
        (await CodeOf(batch)).ShouldBe("batch-not-ended");
        await shop.Ask(HttpMethod.Post, unpaid, "/cancellation");

        var receipt = await Receipt(batch);
        receipt.ShouldBe(await ByHand(batch));
        (receipt.Ending, receipt.Sold, receipt.Unsold, receipt.Returned, receipt.SoldOutAt).ShouldBe((Ending.Closed, 2, 3, 1, null));
    }

    [Fact]
    public async Task What_was_withdrawn_is_unsold()
    {
        var sku = await shop.OnSale(units: 4);
        var batch = await shop.SaleOf(sku);
        await Paid(sku);
        (await shop.Admin.PostAsync($"/api/admin/batches/{batch}/withdrawal", null, Cancellation)).EnsureSuccessStatusCode();

        var receipt = await Receipt(batch);

        receipt.ShouldBe(await ByHand(batch));
        (receipt.Ending, receipt.Sold, receipt.Unsold, receipt.Withdrawn, receipt.SoldOutAt).ShouldBe((Ending.Withdrawn, 1, 3, 3, null));
    }

    [Fact]
    public async Task Anybody_can_check_that_it_is_the_store_s_and_nobody_can_change_it()
    {
        var (_, batch) = await SoldOut();
        var signed = (await shop.Client.GetFromJsonAsync<JsonElement>($"/api/batches/{batch}/receipt", Cancellation));
        var jws = signed.GetProperty("jws").GetString()!;

        (await IsGenuine(jws)).ShouldBeTrue();
        var (head, body, seal) = Parts(jws);
        JsonElement.DeepEquals(JsonElement.Parse(Base64Url.DecodeFromChars(body)), signed.GetProperty("receipt")).ShouldBeTrue();
        var better = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(body)).Replace("\"sold\":1", "\"sold\":9");
        (await IsGenuine($"{head}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(better))}.{seal}")).ShouldBeFalse();
    }

    [Fact]
    public async Task It_may_be_kept_and_names_nobody()
    {
        var (order, batch) = await SoldOut();
        using var first = await shop.Client.GetAsync($"/api/batches/{batch}/receipt", Cancellation);
        using var second = await shop.Client.GetAsync($"/api/batches/{batch}/receipt", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/batches/{batch}/receipt");
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        using var page = await shop.Client.SendAsync(request, Cancellation);

        first.Headers.CacheControl!.Public.ShouldBeTrue();
        first.Headers.ETag.ShouldNotBeNull().ShouldBe(second.Headers.ETag);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.ETag.ShouldNotBe(first.Headers.ETag);
        foreach (var answer in new[] { first, page })
        {
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            foreach (var personal in new[] { "example.org", "Sacramento", order.Number, order.Id.ToString() })
                text.ShouldNotContain(personal, Case.Insensitive);
        }
    }

    [Fact]
    public async Task What_the_entries_do_not_make_is_not_signed()
    {
        var (_, batch) = await SoldOut();
        await using var connection = await shop.Database.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("update batches set sold = sold - 1, withdrawn = withdrawn + 1 where id = @batch", new { batch });

        (await CodeOf(batch)).ShouldBe("books-differ");

        await connection.ExecuteAsync("update batches set sold = sold + 1, withdrawn = withdrawn - 1 where id = @batch", new { batch });
        (await Receipt(batch)).Sold.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_found_by_market_and_product()
    {
        var running = await shop.OnSale(units: 1);
        var (_, batch) = await SoldOut();
        var ended = await shop.Client.GetFromJsonAsync<JsonElement>("/api/batches?market=us", Cancellation);

        var one = ended.GetProperty("batches").EnumerateArray().Single(it => it.GetProperty("id").GetGuid() == batch);
        one.GetProperty("receipt").GetString().ShouldBe($"/api/batches/{batch}/receipt");
        var none = await shop.Client.GetFromJsonAsync<JsonElement>($"/api/batches?market=US&sku={running}", Cancellation);
        none.GetProperty("batches").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("/api/batches/0198a9aa-0000-7000-8000-000000000000/receipt", HttpStatusCode.NotFound, "unknown-batch")]
    [InlineData("/api/batches?market=nowhere", HttpStatusCode.NotFound, "unknown-market")]
    [InlineData("/api/batches", HttpStatusCode.BadRequest, "malformed-request")]
    public async Task What_is_not_there_is_refused(string path, HttpStatusCode status, string code)
    {
        using var answer = await shop.Client.GetAsync(path, Cancellation);
        (answer.StatusCode, await CheckoutShop.CodeOf(answer)).ShouldBe((status, code));
    }

    [Fact]
    public void Replicas_have_the_same_key_and_other_stores_another()
    {
        using var one = new ReceiptKey(TestKeys.Receipts);
        using var replica = new ReceiptKey(TestKeys.Receipts);
        using var other = new ReceiptKey(TestKeys.Receipts + "!");

        replica.Public.ShouldBe(one.Public);
        other.Public.Kid.ShouldNotBe(one.Public.Kid);
    }

    /// <summary>Entry by entry, as somebody with the ledger and a pencil.</summary>
    async Task<Receipt> ByHand(Guid id)
    {
        await using var connection = await shop.Database.OpenConnectionAsync(Cancellation);
        var (market, sku, opensAt, closesAt) = await connection.QuerySingleAsync<(string, string, DateTimeOffset, DateTimeOffset?)>(
            "select market, sku, opens_at, closes_at from batches where id = @id", new { id });
        var entries = (await connection.QueryAsync<(DateTimeOffset At, string Movement, int Units)>(
            "select at, movement, units from stock_entries where batch_id = @id order by id", new { id })).AsList();

        var (onSale, units) = (0, new Dictionary<string, long>());
        var (soldOuts, isSoldOut) = (new List<DateTimeOffset>(), false);
        foreach (var (at, movement, count) in entries)
        {
            units[movement] = units.GetValueOrDefault(movement) + count;
            onSale += movement is "released" or "returned" or "restocked" ? count : movement is "reserved" or "withdrawn" ? -count : 0;
            if (onSale == 0 && !isSoldOut && movement == "reserved")
                soldOuts.Add(at);
            isSoldOut = onSale == 0;
        }

        long Of(string movement) => units.GetValueOrDefault(movement);
        var opened = entries[0].At > opensAt ? entries[0].At : opensAt;
        var (sold, unsold) = (Of("sold") - Of("restocked"), Of("released") - Of("sold") + Of("restocked"));
        var soldOutAt = unsold == 0 ? soldOuts[^1] : (DateTimeOffset?)null;
        return new Receipt(
            1, id, market, sku, entries[0].At, opened, closesAt,
            unsold == 0 ? Ending.SoldOut : onSale == 0 ? Ending.Withdrawn : Ending.Closed,
            Of("released"), sold, unsold, Of("withdrawn"), Of("returned"), Of("restocked"),
            soldOuts.Count > 0 ? soldOuts[0] : null, soldOutAt, (soldOutAt - opened)?.TotalSeconds,
            entries.Count, onSale > 0 && closesAt > entries[^1].At ? closesAt.Value : entries[^1].At);
    }

    async Task<bool> IsGenuine(string jws)
    {
        var published = (await shop.Client.GetFromJsonAsync<JsonElement>("/api/batches/receipt-keys", Cancellation)).GetProperty("keys")[0];
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") },
        });
        var (head, body, seal) = Parts(jws);
        JsonElement.Parse(Base64Url.DecodeFromChars(head)).GetProperty("kid").GetString().ShouldBe(published.GetProperty("kid").GetString());
        return key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(seal), HashAlgorithmName.SHA256);

        byte[] Bytes(string member) => Base64Url.DecodeFromChars(published.GetProperty(member).GetString());
    }

    static (string Head, string Body, string Seal) Parts(string jws) => jws.Split('.') is [var head, var body, var seal]
        ? (head, body, seal)
        : throw new FormatException(jws);

    async Task<Receipt> Receipt(Guid batch) => (await Eventually.Passes(async () =>
    {
        using var answer = await shop.Client.GetAsync($"/api/batches/{batch}/receipt", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<SignedReceipt>(Cancellation))!;
    })).Receipt;

    async Task<string?> CodeOf(Guid batch)
    {
        using var answer = await shop.Client.GetAsync($"/api/batches/{batch}/receipt", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        return await CheckoutShop.CodeOf(answer);
    }

    async Task<(Placed Order, Guid Batch)> SoldOut()
    {
        var sku = await shop.OnSale(units: 1);
        return (await Paid(sku), await shop.SaleOf(sku));
    }

    async Task<Placed> Paid(string sku, int units = 1)
    {
        var order = await shop.PlaceWell(shop.Body(sku, units));
        await shop.Becomes(order, "paid");
        return order;
    }

    async Task GiveBack(Placed order)
    {
        await shop.Ask(HttpMethod.Post, order, "/cancellation");
        await shop.Becomes(order, "refunded");
    }

    async Task<(string Sku, Guid Batch)> OnSaleFor(TimeSpan time, int units)
    {
        var sku = "T-" + Guid.NewGuid().ToString("n")[..12];
        await shop.Offer(sku, 1, 1499);
        return (sku, await Eventually.Passes(async () =>
        {
            using var answer = await shop.Admin.PostAsJsonAsync("/api/admin/batches", new
            {
                market = "US", sku, quantity = units, opensAt = shop.Clock.Now.AddHours(-1), closesAt = shop.Clock.Now + time,
            }, Cancellation);
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetGuid();
        }));
    }
}
