using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MiStore.Gateway.WaitingRoom;

namespace MiStore.Rehearsal.Sales;

/// <summary>What the running store says of its sales, through its gateway.</summary>
public sealed class ReadSale(HttpClient store, string operatorToken)
{
    /// <summary>Null where the batch is unknown, units of it are still on sale or held, or it ended later than that ago.</summary>
    /// <exception cref="HttpRequestException">The store does not answer as it should.</exception>
    public async Task<SaleReport?> Report(Guid batch, CancellationToken cancellation, TimeSpan endedAgo = default)
    {
        if (await Json(HttpStatusCode.NotFound, $"/api/batches/{batch}/receipt", cancellation) is not { } signed)
            return null;
        var keys = (await Json(null, "/api/batches/receipt-keys", cancellation))!.Value;
        var (receipt, isGenuine) = Receipt.Read(signed.GetProperty("jws").GetString()!, keys);

        var now = await Now(cancellation);
        if (now - receipt.AsOf < endedAgo)
            return null; // and the audit, which reads all of the books, is not asked for in vain

        var record = await Json(HttpStatusCode.NotFound, $"/api/sales/{batch}/record", cancellation);
        var conduct = record is null ? null : await Json(HttpStatusCode.NotFound, $"/api/sales/{batch}/conduct", cancellation);
        var audit = await Json(null, "/api/admin/audit", cancellation);
        return new SaleReport(
            now, receipt, isGenuine, record?.Deserialize<SaleRecord>(JsonSerializerOptions.Web),
            conduct?.Deserialize<Conduct>(JsonSerializerOptions.Web),
            audit?.GetProperty("clean").GetBoolean(),
            [.. audit?.GetProperty("differences").EnumerateArray().Select(difference => difference.GetString()!) ?? []]);
    }

    /// <summary>Batches in which nothing is on sale or held any more, or whose time is over; the operator sees all of them.</summary>
    public async Task<IReadOnlyList<Guid>> Ended(CancellationToken cancellation)
    {
        var now = await Now(cancellation);
        return
        [
            .. (await Json(null, "/api/admin/batches", cancellation))!.Value.GetProperty("batches").EnumerateArray()
                .Where(batch => batch.GetProperty("reserved").GetInt32() == 0
                    && (batch.GetProperty("remaining").GetInt32() == 0
                        || batch.GetProperty("closesAt") is { ValueKind: JsonValueKind.String } end && end.GetDateTimeOffset() <= now))
                .Select(batch => batch.GetProperty("id").GetGuid()),
        ];
    }

    /// <summary>By the store's clock, which may be set to another day.</summary>
    public async Task<DateTimeOffset> Now(CancellationToken cancellation) =>
        (await Json(null, "/api/markets", cancellation))!.Value.GetProperty("markets")[0].GetProperty("serverTime").GetDateTimeOffset();

    /// <param name="none">The status that means that there is none; so does 409, "not yet".</param>
    async Task<JsonElement?> Json(HttpStatusCode? none, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operatorToken);
        using var answer = await store.SendAsync(request, cancellation);
        if (none is not null && (answer.StatusCode == none || answer.StatusCode == HttpStatusCode.Conflict))
            return null;

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }
}
