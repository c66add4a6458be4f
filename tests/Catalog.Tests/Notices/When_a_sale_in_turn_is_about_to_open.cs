using System.Text.Json;
using MiStore.Catalog.Notices;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Sales;
using MiStore.Contracts.Stock;

namespace MiStore.Catalog.Tests.Notices;

public sealed class When_a_sale_in_turn_is_about_to_open(CatalogShop catalog) : IClassFixture<CatalogShop>
{
    static readonly TimeSpan Before = TimeSpan.FromHours(1);

    static long version = 1;

    readonly Letterbox shop = new(catalog);
    readonly Guid sale = Guid.NewGuid();

    [Fact]
    public async Task Each_is_reminded_once_an_hour_before_in_their_language_and_by_the_clock_of_the_market()
    {
        // Noon in Berlin, on a day when Berlin's clock is two hours ahead.
        var opening = new DateTimeOffset(2015, 8, 1, 10, 0, 0, TimeSpan.Zero);
        catalog.Clock.Now = opening.AddDays(-10);
        await shop.Hold(sale, "MI-BAND-BLK", "DE", opening);
        await shop.BeReminded(sale, "MI-BAND-BLK", "ada@example.org", "DE", "de");
        (await shop.AskForReminder(sale, "MI-BAND-BLK", "silent@example.org", "DE", "de")).ShouldBe(HttpStatusCode.Accepted);
        var question = await shop.Mail("silent@example.org", subject: "Sollen wir an den Verkauf erinnern: Mi Band?");
        question.Text.ShouldContain("Samstag, 1. August 2015, 12:00 Uhr (Ortszeit Berlin)");

        catalog.Clock.Now = opening - Before - TimeSpan.FromSeconds(1);
        await RemindersHaveGoneOut();
        shop.Mails("ada@example.org").Count.ShouldBe(1, "the question");

        catalog.Clock.Now = opening - Before;
        var mail = await shop.Mail("ada@example.org", subject: "Der Verkauf beginnt bald: Mi Band");
        mail.Text.ShouldContain("Samstag, 1. August 2015, 12:00 Uhr (Ortszeit Berlin)");
        mail.Link.ShouldBe($"/de/de/sales/{sale}");

        // Asking again, the same news again, the same message again: a sale is worth one mail.
        (await shop.AskForReminder(sale, "MI-BAND-BLK", "ada@example.org", "DE", "de")).ShouldBe(HttpStatusCode.Accepted);
        await catalog.Broker.Publish(new SendNoticeMail(await shop.NoticeOf("ada@example.org"), NoticeMail.Reminder), mail.Id);
        await shop.Hold(sale, "MI-BAND-BLK", "DE", opening, version: 3);
        await RemindersHaveGoneOut();
        shop.Mails("ada@example.org").Count.ShouldBe(2);
        shop.Mails("silent@example.org").ShouldBe([question], "who has not confirmed is asked, and nothing more");
    }

    [Theory]
    [InlineData("en", "US", "The sale of Mi Band opens soon")]
    [InlineData("fr", "FR", "La vente de Mi Band commence bientôt")]
    public async Task Who_confirms_in_the_last_hour_is_reminded_at_once(string language, string market, string subject)
    {
        var person = $"late-{language}@example.org";
        await shop.Hold(sale, "MI-BAND-BLK", market, catalog.Clock.Now.AddMinutes(20));

        await shop.BeReminded(sale, "MI-BAND-BLK", person, market, language);

        (await shop.Mail(person, subject)).Link.ShouldBe($"/{market.ToLowerInvariant()}/{language}/sales/{sale}");
    }

    [Fact]
    public async Task A_sale_that_is_moved_takes_its_reminder_along()
    {
        var opening = catalog.Clock.Now.AddDays(1);
        await shop.Hold(sale, "MI-PB-5000-SLV", "GB", opening);
        await shop.BeReminded(sale, "MI-PB-5000-SLV", "grace@example.org", "GB");

        await shop.Hold(sale, "MI-PB-5000-SLV", "GB", opening.AddDays(2), version: 3);
        catalog.Clock.Now = opening - Before;
        // Also one whose mail was on its way already, and had to wait for the mail server.
        await shop.ReminderIsOnItsWay("grace@example.org");
        await RemindersHaveGoneOut();
        shop.Mails("grace@example.org").Count.ShouldBe(1, "the question");

        catalog.Clock.Now = opening.AddDays(2) - Before;
        await shop.Mail("grace@example.org", subject: "The sale of Mi Power Bank 5000 mAh opens soon");
    }

    [Theory]
    [InlineData("MI-PB-10500-SLV", true)]
    [InlineData("MI-HP-GLD", false)]
    public async Task When_it_is_withdrawn_or_has_begun_the_addresses_are_deleted_and_nobody_can_ask(string sku, bool isWithdrawn)
    {
        var (waiting, silent) = ($"waiting-{sku}@example.org".ToLowerInvariant(), $"silent-{sku}@example.org".ToLowerInvariant());
        var opening = catalog.Clock.Now.AddDays(1);
        await shop.Hold(sale, sku, "GB", opening);
        await shop.BeReminded(sale, sku, waiting, "GB");
        (await shop.AskForReminder(sale, sku, silent, "GB")).ShouldBe(HttpStatusCode.Accepted);
        var question = await shop.Mail(silent);

        if (isWithdrawn)
            await shop.Hold(sale, sku, "GB", opening, Remaining.None, version: 3);
        else
            catalog.Clock.Now = opening;

        await Eventually.True(async () => await shop.Count(waiting) + await shop.Count(silent) == 0);
        (await shop.AskForReminder(sale, sku, waiting, "GB")).ShouldBeProblem(HttpStatusCode.Conflict, "sale-begun");
        (await catalog.Client.Post(question.Link)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-link");
        shop.Mails(waiting).Count.ShouldBe(1, "the question");
    }

    /// <summary>In quarters of an hour: the batch opens at 10, and at 30 it is over.</summary>
    [Theory]
    [InlineData(5, Reminding.Later, "0 Sellable")]
    [InlineData(6, Reminding.Now, "0 Sellable")]
    [InlineData(9, Reminding.Now, "0 Sellable")]
    [InlineData(10, Reminding.Never, "0 Sellable")]
    [InlineData(9, Reminding.Later, "0 Upcoming", "20 Sellable")]
    [InlineData(10, Reminding.Later, "0 Upcoming", "20 Sellable")]
    [InlineData(16, Reminding.Now, "0 Upcoming", "20 Sellable")]
    [InlineData(20, Reminding.Never, "0 Upcoming", "20 Sellable")]
    [InlineData(9, Reminding.Later, "0 Sellable", "8 Paused")]
    [InlineData(29, Reminding.Later, "0 Sellable", "8 Paused")]
    [InlineData(30, Reminding.Never, "0 Sellable", "8 Paused")]
    [InlineData(29, Reminding.Later, "0 Upcoming", "30 Sellable")]
    [InlineData(9, Reminding.Later, "0 Restricted")]
    [InlineData(9, Reminding.Later)]
    public void It_opens_when_its_batch_is_open_and_its_market_sells(int at, Reminding reminding, params string[] schedule) =>
        Sale([.. schedule.Select(Terms)]).At(At(at)).ShouldBe(reminding);

    [Fact]
    public void While_its_product_is_restricted_nobody_knows_when_it_opens() =>
        (Sale(new OfferTerms(At(0), OfferState.Sellable)) with { IsRestricted = true }).At(At(9)).ShouldBe(Reminding.Later);

    static OfferTerms Terms(string text) => text.Split(' ') is [var from, var state]
        ? new(At(int.Parse(from)), Enum.Parse<OfferState>(state))
        : throw new ArgumentException(text);

    static DateTimeOffset At(int quarters) => CatalogShop.Opening.AddMinutes(15 * quarters);

    AwaitedSale Sale(params OfferTerms[] schedule)
    {
        var room = new WaitingRoom(sale, 100, new WaitingRoomRules());
        BatchAvailability[] batches = [new(At(1), null, Remaining.None), new(At(10), At(30), Remaining.Many, room)];
        return new(sale, "GB", "mi-band", "MI-BAND-BLK", JsonSerializer.Serialize(batches), JsonSerializer.Serialize(schedule), false);
    }

    // Of a sale of its own that is due in any case: when its reminder is there, whoever else was due has been looked at.
    async Task RemindersHaveGoneOut()
    {
        var (other, person) = (Guid.NewGuid(), $"witness-{Guid.NewGuid():n}@example.org");
        await shop.Hold(other, "MI-PB-5000-SLV", "FR", catalog.Clock.Now.AddMinutes(10), version: Interlocked.Increment(ref version));
        await shop.BeReminded(other, "MI-PB-5000-SLV", person, "FR", "fr");
        await shop.Mail(person, subject: "La vente de Mi Power Bank 5000 mAh commence bientôt");
    }
}
