using System.Text.Json;
using Dapper;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Catalog.Notices;

/// <summary>What becomes of a reminder at an instant.</summary>
public enum Reminding
{
    /// <summary>It is too soon, or nobody knows when the sale opens: its market is paused, or its product restricted.</summary>
    Later,

    Now,

    /// <summary>The sale has begun, is over, or was withdrawn.</summary>
    Never,
}

/// <summary>
/// A sale that is held in turn, and that somebody wants to be reminded of. When it opens is worked out from our copies each
/// time, and kept nowhere: that is how a reminder moves when the sale does.
/// </summary>
/// <param name="Batches">Checkout's news of the SKU's batches, as JSON.</param>
/// <param name="Schedule">Pricing's terms of the SKU, as JSON; null where there are none.</param>
sealed record AwaitedSale(Guid Id, string Market, string Product, string Sku, string Batches, string? Schedule, bool IsRestricted)
{
    /// <summary>What the storefront's page and the API say, too.</summary>
    public static readonly TimeSpan RemindBefore = TimeSpan.FromHours(1);

    readonly BatchAvailability? batch =
        JsonSerializer.Deserialize<BatchAvailability[]>(Batches)!.FirstOrDefault(batch => batch.WaitingRoom?.SaleId == Id);

    public bool IsKnown => batch is not null;

    /// <summary>When it can first be ordered from: when its batch is open and its market sells. Null where that is not decided.</summary>
    public DateTimeOffset? Opening => batch is null || IsRestricted || Schedule is null
        ? null
        : OpeningOf(batch, new OfferPublished(Market, Sku, 0, JsonSerializer.Deserialize<OfferTerms[]>(Schedule)!));

    /// <summary>What a reader is told: the opening, and while that is not decided, when its batch opens.</summary>
    public DateTimeOffset Announced => Opening ?? batch!.OpensAt;

    public Reminding At(DateTimeOffset now)
    {
        // Before the opening nothing is left only where an operator has taken the units back.
        if (batch is null || batch.Remaining == Remaining.None || batch.ClosesAt <= now || Opening <= now)
            return Reminding.Never;

        return Opening - RemindBefore <= now ? Reminding.Now : Reminding.Later;
    }

    static DateTimeOffset? OpeningOf(BatchAvailability batch, OfferPublished offer) => offer.Schedule
        .Select(terms => terms.From)
        .Where(from => from > batch.OpensAt)
        .Prepend(batch.OpensAt)
        .Where(at => !(batch.ClosesAt <= at) && offer.At(at).State == OfferState.Sellable)
        .Select(at => (DateTimeOffset?)at)
        .FirstOrDefault();

    /// <summary>All that anybody wants to be reminded of, and that Checkout has told us of.</summary>
    public static Task<IEnumerable<AwaitedSale>> All(NpgsqlConnection connection) => connection.QueryAsync<AwaitedSale>(
        Of("select distinct sale, market, product, sku from notices where sale is not null"));

    /// <returns>Null where the notice is no reminder.</returns>
    /// <exception cref="NotReady">Our copy of the batches is gone, and has not been replayed yet.</exception>
    public static async Task<AwaitedSale?> Find(NpgsqlConnection connection, Notice notice) => notice.Sale is null
        ? null
        : await connection.QuerySingleOrDefaultAsync<AwaitedSale?>(
            Of("select sale, market, product, sku from notices where id = @Id"), new { notice.Id }) ?? throw new NotReady("every sale");

    /// <returns>
    /// Null where Checkout has told us nothing of the SKU; one that is not <see cref="IsKnown"/> where it has another sale.
    /// </returns>
    public static Task<AwaitedSale?> Find(NpgsqlConnection connection, Guid sale, string market, string sku) =>
        connection.QuerySingleOrDefaultAsync<AwaitedSale?>(
            Of("select @sale as sale, @market as market, product, sku from variants where sku = @sku"), new { sale, market, sku });

    static string Of(string wishes) =>
        $"""
        select w.sale as id, w.market, w.product, w.sku, a.batches, o.schedule,
            exists (select from restrictions r where r.product = w.product and r.market = w.market) as is_restricted
        from ({wishes}) w
        join availability a on a.market = w.market and a.sku = w.sku
        left join offers o on o.market = w.market and o.sku = w.sku
        """;
}
