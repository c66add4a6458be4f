using Dapper;
using MiStore.Messaging;
using Npgsql;

namespace MiStore.Pricing.Legal;

/// <summary>One text of one version, as it was published.</summary>
/// <param name="Body">A paragraph a line; "# " begins a heading and "- " a point of a list.</param>
public sealed record LegalText(string Title, string Body);

/// <summary>A version of a document, from when it holds.</summary>
public sealed record LegalVersion(string Document, int Version, DateTimeOffset Since);

/// <summary>Legal texts as rows.</summary>
static class LegalTexts
{
    /// <summary>In the order in which a page lists them.</summary>
    public static readonly IReadOnlyList<string> Documents = ["imprint", "terms", "withdrawal", "privacy", "accessibility"];

    /// <summary>Without these no market opens.</summary>
    public static readonly IReadOnlyList<string> Required = ["imprint", "terms", "withdrawal", "privacy"];

    /// <summary>The version of the terms that an order accepts at @now: one row, null where the market has none.</summary>
    public const string TermsInForce =
        """
        select (select version from legal_texts where market = @market and document = 'terms' and effective_from <= @now
            order by effective_from desc, version desc limit 1)
        """;

    /// <summary>What holds at an instant, each document once.</summary>
    public static async Task<List<LegalVersion>> InForce(NpgsqlConnection connection, string market, DateTimeOffset at) =>
        [.. await connection.QueryAsync<LegalVersion>(
            """
            select distinct on (document) document, version, effective_from as since from legal_texts
            where market = @market and effective_from <= @at order by document, effective_from desc, version desc
            """, new { market, at })];

    /// <summary>Publishes a version in all its languages.</summary>
    /// <param name="texts">By language.</param>
    public static Task Add(
        UnitOfWork unit, string market, LegalVersion version, IReadOnlyDictionary<string, LegalText> texts, DateTimeOffset now, string who) =>
        unit.Connection.ExecuteAsync(
            """
            insert into legal_texts (market, document, version, language, title, body, effective_from, set_at, set_by)
            select @market, @Document, @Version, language, title, body, @Since, @now, @who
            from unnest(@languages, @titles, @bodies) as text (language, title, body)
            """,
            new
            {
                market, version.Document, version.Version, version.Since, now, who, languages = texts.Keys.ToArray(),
                titles = texts.Values.Select(text => text.Title).ToArray(), bodies = texts.Values.Select(text => text.Body).ToArray(),
            });
}
