using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.Pricing.Markets;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Pricing.Readiness;

/// <summary>What a market still lacks before it may open.</summary>
public static class GetReadiness
{
    /// <param name="Ready">Whether nothing is missing.</param>
    /// <param name="SalesFrom">The instants at which sales start, the first being now where one is on.</param>
    /// <param name="MissingTexts">
    /// By language of the market: how many texts of its range are not there and fall back to English.
    /// </param>
    /// <param name="HeldFrom">From when nothing is sold until somebody resumes the market; null where nothing holds it.</param>
    /// <param name="Agreed">Who would open it all the same; two are needed, and a day later their word has lapsed.</param>
    public sealed record Answer(
        string Market, bool Ready, IReadOnlyList<DateTimeOffset> SalesFrom, IReadOnlyList<Check> Checks,
        IReadOnlyDictionary<string, int> MissingTexts, DateTimeOffset? HeldFrom, IReadOnlyList<Agreement> Agreed);

    public static void MapGetReadiness(this RouteGroupBuilder admin) => admin
        .MapGet("/markets/{market}/readiness", Handle)
        .WithName(nameof(GetReadiness))
        .WithSummary("List what a market lacks for its coming sales")
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        string market, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        return await MarketStore.Find(connection, MarketCode.Normalize(market)) is { } found
            ? TypedResults.Ok(await Read(connection, found, clock.GetUtcNow()))
            : Problems.UnknownMarket(market);
    }

    internal static async Task<Answer> Read(NpgsqlConnection connection, Market market, DateTimeOffset now)
    {
        var (checks, missingTexts) = await ReadinessRows.Read(connection, market, now);
        return new Answer(
            market.Code, checks.All(check => check.Missing.Count == 0), [.. market.Calendar.SalesFrom(now)], checks, missingTexts, market.Calendar.PausedSince,
            await ReadinessRows.Agreements(connection, market.Code, now));
    }
}
