using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Markets;
using MiStore.Pricing.Markets;
using MiStore.ServiceDefaults;
using Npgsql;

namespace MiStore.Pricing.Legal;

/// <summary>
/// Who sells, on which terms, how one gets out of it again, and what becomes of one's data: as it holds now, and as it held
/// when an order accepted it.
/// </summary>
public static class ReadLegalText
{
    /// <param name="Documents">Those that the market has now, in the order in which a page lists them.</param>
    public sealed record List(IReadOnlyList<LegalVersion> Documents);

    /// <param name="Version">Counts up with each change; an order names the version of the terms that it accepted.</param>
    /// <param name="Since">From when this version holds.</param>
    /// <param name="Body">A paragraph a line; "# " begins a heading and "- " a point of a list.</param>
    public sealed record Answer(string Market, string Document, int Version, DateTimeOffset Since, string Language, string Title, string Body);

    public static void MapReadLegalText(this RouteGroupBuilder markets)
    {
        markets.MapGet("/{market}/legal", ListAll)
            .WithName("ListLegalTexts")
            .WithSummary("List a market's legal texts, each with its version")
            .ProducesProblem(StatusCodes.Status404NotFound);
        markets.MapGet("/{market}/legal/{document}", Handle)
            .WithName(nameof(ReadLegalText))
            .WithSummary("Read a legal text of a market: terms, withdrawal, privacy, imprint or accessibility")
            .WithDescription("404 unknown-market, unknown-document (also for a version that has not begun).")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<Results<Ok<List>, ProblemHttpResult>> ListAll(
        string market, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await MarketStore.Find(connection, MarketCode.Normalize(market)) is not { } found)
            return Problems.UnknownMarket(market);

        var inForce = await LegalTexts.InForce(connection, found.Code, clock.GetUtcNow());
        return TypedResults.Ok(new List([.. LegalTexts.Documents.SelectMany(document => inForce.Where(version => version.Document == document))]));
    }

    /// <param name="language">Two letters; one that the market does not speak gives way to the market's own.</param>
    /// <param name="version">As it held once; the one that holds now, where it is left out.</param>
    static async Task<Results<Ok<Answer>, ProblemHttpResult>> Handle(
        string market, string document, string? language, int? version, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        if (await MarketStore.Find(connection, MarketCode.Normalize(market)) is not { } found)
            return Problems.UnknownMarket(market);

        return await connection.QuerySingleOrDefaultAsync<Answer>(
            """
            select market, document, version, effective_from as since, language, title, body from legal_texts
            where market = @Code and document = @document and effective_from <= @now and (@version::int is null or version = @version)
                and language = case when @language = any(@languages) then @language else @languages[1] end
            order by effective_from desc, version desc limit 1
            """,
            new { found.Code, document, version, now = clock.GetUtcNow(), language, languages = found.Languages.ToArray() }) is { } text
            ? TypedResults.Ok(text)
            : Problems.Of(StatusCodes.Status404NotFound, "unknown-document", "The market has no such legal text.");
    }
}
