using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using MiStore.Catalog.Notices;
using MiStore.Contracts;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;

namespace MiStore.Catalog.Tests.Notices;

/// <summary>Asks to be told, reads the mails that come of it, and makes things sellable.</summary>
sealed class Letterbox(CatalogShop shop)
{
    public async Task Ask(string slug, string email, string market = "US", string? language = null) =>
        (await shop.Client.Post("/api/notices", new { market, slug, email, language })).ShouldBe(HttpStatusCode.Accepted).Text.ShouldBeEmpty();

    public async Task AskAndConfirm(string slug, string email, string market = "US", string? language = null)
    {
        await Ask(slug, email, market, language);
        await Confirm(email);
    }

    public async Task Confirm(string email)
    {
        var link = (await Mail(email)).Link;
        (await shop.Client.Get(link)).ShouldBe(HttpStatusCode.OK).Text.ShouldContain("<form method=\"post\">");
        (await shop.Client.Post(link)).ShouldBe(HttpStatusCode.OK);
        (await shop.Client.Post(link)).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Pricing sells it, and Checkout has a sale of it in turn; or has moved it, or withdrawn it.</summary>
    public async Task Hold(
        Guid sale, string sku, string market, DateTimeOffset opensAt, Remaining remaining = Remaining.Many, long version = 2)
    {
        var room = new WaitingRoom(sale, 100, new WaitingRoomRules());
        await shop.Broker.Publish(new OfferPublished(market, sku, version, [new OfferTerms(DateTimeOffset.MinValue, OfferState.Sellable)]));
        await shop.Broker.Publish(new AvailabilityChanged(market, sku, version, [new(opensAt, null, remaining, room)]));
        await Eventually.True(async () => await Versions(market, sku) == version * 2);
    }

    public Task<Answer> AskForReminder(Guid sale, string sku, string email, string market, string? language = null) =>
        shop.Client.Post("/api/notices", new { market, sku, sale, email, language });

    public async Task BeReminded(Guid sale, string sku, string email, string market, string? language = null)
    {
        (await AskForReminder(sale, sku, email, market, language)).ShouldBe(HttpStatusCode.Accepted);
        await Confirm(email);
    }

    public async Task ReminderIsOnItsWay(string email)
    {
        var id = await Ask<Guid>("update notices set due_at = @Now where email = @email returning id", new { email, shop.Clock.Now });
        await shop.Broker.Publish(new SendNoticeMail(id, NoticeMail.Reminder));
    }

    /// <summary>Pricing sells it, and Checkout has so much of it.</summary>
    public async Task Sell(string sku, string market, Remaining remaining = Remaining.Many, long version = 2)
    {
        var currency = CatalogShop.Markets.Single(known => known.Code == market).Currency;
        await shop.Broker.Publish(new OfferPublished(
            market, sku, version, [new OfferTerms(CatalogShop.Opening, OfferState.Sellable, new Money(7999, currency))]));
        await shop.Broker.Publish(new AvailabilityChanged(market, sku, version, [new(CatalogShop.Opening, null, remaining)]));
        await Eventually.True(async () => await Versions(market, sku) == version * 2);
    }

    public Task Lift(string slug) => Set(slug);

    public Task Restrict(string slug, string market, string reason) => Set(slug, new
    {
        markets = new[] { market }, reason, owner = "legal", reviewOn = "2015-12-01", texts = new { en = "Not yet." },
    });

    /// <summary>The first, as soon as it is there.</summary>
    public Task<Letter> Mail(string to, string? subject = null) => Eventually.Passes(() => Task.FromResult(
        Mails(to).FirstOrDefault(mail => subject is null || mail.Subject == subject)
        ?? throw new TimeoutException($"No such mail to {to}; there are: {string.Join(", ", Mails(to).Select(mail => mail.Subject))}")));

    public IReadOnlyList<Letter> Mails(string to) => Directory.Exists(shop.MailFolder)
        ? [.. Directory.GetFiles(shop.MailFolder, "*.eml").Select(Letter.Read).Where(mail => mail.To == to)]
        : [];

    public Task<int> Count(string email) => Ask<int>("select count(*) from notices where email = @email", new { email });

    public Task<Guid> NoticeOf(string email) => Ask<Guid>("select id from notices where email = @email limit 1", new { email });

    Task<long> Versions(string market, string sku) => Ask<long>(
        """
        select (select version from offers where market = @market and sku = @sku)
             + (select version from availability where market = @market and sku = @sku)
        """, new { market, sku });

    async Task<T> Ask<T>(string question, object about)
    {
        await using var connection = await shop.Database.Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(question, about))!;
    }

    async Task Set(string slug, params object[] restrictions) =>
        (await shop.Service.Operator().Put($"/api/admin/products/{slug}/restrictions", new { restrictions, why = "A test wants it" }))
            .ShouldBe(HttpStatusCode.OK);
}

/// <summary>A mail as it lies in the folder.</summary>
/// <param name="Link">The first in the text, without the store's address.</param>
sealed partial record Letter(Guid Id, string To, string Subject, string Text, string Link, string Unsubscribe)
{
    public static Letter Read(string file)
    {
        var parts = File.ReadAllText(file).Split("\r\n\r\n", 2);
        var headers = Folded().Replace(parts[0], " ").Split("\r\n").Select(line => line.Split(": ", 2)).ToLookup(line => line[0], line => line[^1]);
        var text = Quoted(parts[1].Replace("=\r\n", "", StringComparison.Ordinal));
        headers["List-Unsubscribe-Post"].Single().ShouldBe("List-Unsubscribe=One-Click");
        return new Letter(
            Guid.Parse(System.IO.Path.GetFileNameWithoutExtension(file)), headers["To"].Single(), Decoded(headers["Subject"].Single()), text,
            Path(text), Path(headers["List-Unsubscribe"].Single()));

        static string Path(string text) => Address().Match(text).Groups[1].Value;
    }

    static string Decoded(string header) => Encoded().Replace(header, word => word.Groups[1].Value == "Q"
        ? Quoted(word.Groups[2].Value.Replace('_', ' '))
        : Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value)));

    static string Quoted(string text) => Bytes().Replace(text, run => Encoding.UTF8.GetString(
        [.. run.Value.Split('=', StringSplitOptions.RemoveEmptyEntries).Select(hex => byte.Parse(hex, NumberStyles.HexNumber))]));

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"=\?utf-8\?([QB])\?(.*?)\?=\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Encoded();

    [GeneratedRegex("(=[0-9A-F]{2})+")]
    private static partial Regex Bytes();

    [GeneratedRegex(@"http://store\.test(/[^\s>]+)")]
    private static partial Regex Address();
}
