using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Messaging;
using MiStore.Pricing.Changes;
using MiStore.Pricing.Markets;
using MiStore.Pricing.Rates;
using MiStore.ServiceDefaults;

namespace MiStore.Pricing.Legal;

/// <summary>
/// A market's legal text changes, now or from an instant on: in all of its languages at once, as the next version. Orders go
/// on saying which version they accepted, and everybody can still read it.
/// </summary>
public static class PublishLegalText
{
    const int LongestTitle = 200;
    const int LongestBody = 20_000;

    /// <param name="Texts">By language: one for each of the market's, and no other.</param>
    /// <param name="EffectiveFrom">Now, where it is left out. Not in the past.</param>
    /// <param name="Why">Kept with the record of the change.</param>
    public sealed record Request(
        [property: Length(1, 10)] IReadOnlyDictionary<string, LegalText> Texts, DateTimeOffset? EffectiveFrom = null,
        [property: MaxLength(500)] string? Why = null);

    public static void MapPublishLegalText(this RouteGroupBuilder admin) => admin
        .MapPut("/markets/{market}/legal/{document}", Handle)
        .WithName(nameof(PublishLegalText))
        .WithSummary("Publish the next version of a market's legal text, now or from an instant on")
        .WithDescription(
            """
            document is imprint, terms, withdrawal, privacy or accessibility. 400 invalid-legal-text (not each of the market's languages,
            empty or too long), 400 invalid-effective-from, 404 unknown-market, 404 unknown-document.
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Ok<LegalVersion>, ProblemHttpResult>> Handle(
        string market, string document, Request request, ClaimsPrincipal user, Work work, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!LegalTexts.Documents.Contains(document))
            return Problems.Of(
                StatusCodes.Status404NotFound, "unknown-document", "There is no such legal text.", $"There are {string.Join(", ", LegalTexts.Documents)}.");

        await using var unit = await work.Begin(cancellation);
        if (await MarketStore.Lock(unit, market) is not { } found)
            return Problems.UnknownMarket(market);
        if (Fault(request.Texts, found) is { } fault)
            return Problems.Of(StatusCodes.Status400BadRequest, "invalid-legal-text", "The text cannot be published.", fault);
        if (EffectiveFrom.Fault(request.EffectiveFrom, now) is { } tooEarlyOrLate)
            return EffectiveFrom.Refusal(tooEarlyOrLate);

        var last = await unit.Connection.ExecuteScalarAsync<int>(
            "select coalesce(max(version), 0) from legal_texts where market = @Code and document = @document", new { found.Code, document });
        var version = new LegalVersion(document, last + 1, request.EffectiveFrom ?? now);
        await LegalTexts.Add(unit, found.Code, version, request.Texts, now, user.Subject());
        await Change.Record(
            unit, now, user, nameof(PublishLegalText), found.Code, null, last == 0 ? null : new { document, version = last }, version, request.Why);

        await unit.Commit(cancellation);
        return TypedResults.Ok(version);
    }

    /// <summary>Why shoppers cannot be told this, or null.</summary>
    public static string? Fault(IReadOnlyDictionary<string, LegalText> texts, Market market) =>
        !texts.Keys.Order().SequenceEqual(market.Languages.Order()) ? $"{market.Code} reads {string.Join(", ", market.Languages)}: a text for each, and no other."
        : !texts.Values.All(text => Texts.IsText(text?.Title, LongestTitle)) ? $"title: 1 to {LongestTitle} characters."
        : !texts.Values.All(text => IsBody(text.Body)) ? $"body: 1 to {LongestBody} characters."
        : null;

    static bool IsBody(string? body) =>
        !string.IsNullOrWhiteSpace(body) && body.Length <= LongestBody && !body.Any(letter => char.IsControl(letter) && letter != '\n');
}
