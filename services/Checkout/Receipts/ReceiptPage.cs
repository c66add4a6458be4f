using System.Globalization;
using System.Net;

namespace MiStore.Checkout.Receipts;

/// <summary>A receipt as people read it: one page, nothing to load.</summary>
static class ReceiptPage
{
    const string Style = """
        :root { --ink:#1f1d1a; --paper:#faf8f4; --quiet:#6d675e; --line:#e2dcd1 }
        @media (prefers-color-scheme: dark) { :root { --ink:#f3efe8; --paper:#151412; --quiet:#a79f93; --line:#34302a } }
        body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
            max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: normal }
        td { font-variant-numeric: tabular-nums } small, p { color: var(--quiet) } th small { display: block }
        a { color: inherit } pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem }
        """;

    public static string Of(SignedReceipt signed)
    {
        var receipt = signed.Receipt;
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(receipt.Sku)} in {receipt.Market}: what became of {Number(receipt.Announced)} units</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Number(receipt.Announced)} units of {Text(receipt.Sku)} in {receipt.Market}</h1>
            <p>Reckoned from the {Number(receipt.Entries)} entries of this batch in the stock ledger, as of {Instant(receipt.AsOf)}.</p>
            <table>
            {Row("Announced", Instant(receipt.AnnouncedAt))}
            {Row("Opened", Instant(receipt.OpenedAt))}
            {Row("Ended", Words(receipt))}
            {Row("Sold", Number(receipt.Sold), "paid for and not given back")}
            {Row("Unsold", Number(receipt.Unsold), receipt.Withdrawn > 0 ? $"{Number(receipt.Withdrawn)} of them withdrawn" : null)}
            {Row("Returned", Number(receipt.Returned), "held for an order that came to nothing, and back on sale")}
            {Row("Cancelled", Number(receipt.Cancelled), "paid for, given back, and back on sale")}
            {(receipt.FirstSoldOutAt is { } first ? Row("First sold out", Instant(first)) : "")}
            {(receipt.SoldOutAt is { } last ? Row("Sold out", Instant(last), $"{Seconds(receipt)} seconds after it opened") : "")}
            </table>
            <h2>Is it genuine?</h2>
            <p>The figures are signed with the store's key, which is at <a href="/api/batches/receipt-keys">/api/batches/receipt-keys</a>:
            ES256, a compact JWS, which any JOSE library checks.</p>
            <pre>{Text(signed.Jws)}</pre>
            </main>
            </body>
            </html>
            """;
    }

    static string Words(Receipt receipt) => receipt.Ending switch
    {
        Ending.SoldOut => "sold out",
        Ending.Closed => $"closed, as planned, at {Instant(receipt.ClosesAt!.Value)}",
        Ending.Withdrawn => "withdrawn: the store took back what was left",
        _ => throw new ArgumentOutOfRangeException(nameof(receipt)),
    };

    static string Row(string name, string value, string? remark = null) =>
        $"<tr><th scope=\"row\">{name}{(remark is null ? "" : $"<small>{remark}</small>")}</th><td>{value}</td></tr>";

    static string Seconds(Receipt receipt) => receipt.SecondsToSellOut!.Value.ToString("N1", CultureInfo.InvariantCulture);

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.f 'UTC'", CultureInfo.InvariantCulture);

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
