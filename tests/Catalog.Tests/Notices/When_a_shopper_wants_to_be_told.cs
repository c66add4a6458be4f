using MiStore.Catalog.Notices;
using MiStore.Contracts.Stock;

namespace MiStore.Catalog.Tests.Notices;

public sealed class When_a_shopper_wants_to_be_told(CatalogShop catalog) : IClassFixture<CatalogShop>
{
    readonly Letterbox shop = new(catalog);

    [Fact]
    public async Task Nothing_but_one_question_is_written_before_the_address_has_confirmed()
    {
        await shop.Sell("MI-4-WHT-16", "DE");
        await shop.Ask("mi-4", "alan@example.org", market: "DE", language: "de");
        var question = await shop.Mail("alan@example.org", subject: "Sollen wir Bescheid sagen, wenn Mi 4 da ist?");
        await shop.Lift("mi-4");

        // The mail of somebody who did confirm shows that those of this event have gone out.
        await shop.AskAndConfirm("mi-4", "zoe@example.org", market: "DE");
        await shop.Mail("zoe@example.org", subject: "Mi 4 ist jetzt erhältlich");
        shop.Mails("alan@example.org").ShouldBe([question]);
    }

    [Fact]
    public async Task Lifting_the_last_restriction_tells_each_person_once_and_a_repeated_message_tells_nobody()
    {
        await shop.Sell("MI-PAD-WHT-16", "US");
        await shop.AskAndConfirm("mi-pad", "ada@example.org", language: "en");
        await shop.Ask("mi-pad", "ada@example.org", language: "en");
        await shop.AskAndConfirm("mi-pad", "bob@example.org", language: "en");
        await shop.Restrict("mi-pad", "US", "patents");
        shop.Mails("ada@example.org").Count(mail => mail.Subject.Contains("can be bought now")).ShouldBe(0);

        await shop.Lift("mi-pad");
        foreach (var person in new[] { "ada@example.org", "bob@example.org" })
        {
            var mail = await shop.Mail(person, subject: "Mi Pad can be bought now");
            mail.Text.ShouldContain("http://store.test/us/en/products/mi-pad");
            await catalog.Broker.Publish(new SendNoticeMail(await shop.NoticeOf(person), NoticeMail.Sale), mail.Id);
        }

        // Restricted and lifted once more: who wants to be told again has to ask again.
        await shop.Restrict("mi-pad", "US", "patents");
        await shop.Lift("mi-pad");
        catalog.Clock.Now += CatalogShop.WavePause;
        await shop.AskAndConfirm("mi-pad", "carla@example.org", language: "en");
        await shop.Mail("carla@example.org", subject: "Mi Pad can be bought now");
        foreach (var person in new[] { "ada@example.org", "bob@example.org" })
            shop.Mails(person).Count(mail => mail.Subject == "Mi Pad can be bought now").ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_that_restocks_tells_a_first_wave_and_the_next_when_that_has_had_its_time()
    {
        await shop.Sell("MI-HP-GLD", "FR", Remaining.None);
        var people = Enumerable.Range(0, CatalogShop.Wave + 2).Select(i => $"wave{i}@example.org").ToList();
        foreach (var person in people)
            await shop.AskAndConfirm("mi-headphones", person, market: "FR", language: "fr");

        await shop.Sell("MI-HP-GLD", "FR", version: 3);
        await Eventually.True(() => Told() == CatalogShop.Wave);

        // Nobody of the second wave is told while there is nothing, also when his time has come.
        await shop.Sell("MI-HP-GLD", "FR", Remaining.None, version: 4);
        catalog.Clock.Now += CatalogShop.WavePause;
        await shop.AskAndConfirm("mi-headphones", "last@example.org", market: "FR", language: "fr");
        Told().ShouldBe(CatalogShop.Wave);

        await shop.Sell("MI-HP-GLD", "FR", version: 5);
        await shop.Mail("last@example.org", subject: "Mi Headphones est disponible");
        await Eventually.True(() => Told() == people.Count);

        int Told() => people.Count(person => shop.Mails(person).Any(mail => mail.Subject.EndsWith("est disponible", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_click_ends_it_and_the_address_is_gone()
    {
        await shop.AskAndConfirm("mi-4", "eve@example.org", market: "GB", language: "en");
        var link = shop.Mails("eve@example.org").Single().Unsubscribe;

        (await catalog.Client.Get(link)).ShouldBe(HttpStatusCode.OK).MediaType.ShouldBe("text/html");
        (await shop.Count("eve@example.org")).ShouldBe(1, "a look is no click");
        (await catalog.Client.Post(link)).ShouldBe(HttpStatusCode.OK);
        (await catalog.Client.Post(link)).ShouldBe(HttpStatusCode.OK);
        (await shop.Count("eve@example.org")).ShouldBe(0);
    }

    [Fact]
    public async Task A_link_that_is_not_ours_opens_nothing()
    {
        await shop.Ask("mi-4", "frank@example.org", market: "GB");
        var question = await shop.Mail("frank@example.org");

        foreach (var link in new[]
        {
            "/api/notices/confirmation", "/api/notices/confirmation?token=x", "/api/notices/confirmation?token=" + new string('A', 43),
            question.Link.Replace("confirmation", "withdrawal", StringComparison.Ordinal), question.Unsubscribe.Replace("withdrawal", "confirmation", StringComparison.Ordinal),
        })
            (await catalog.Client.Post(link)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-link");
        (await catalog.Client.Ask(HttpMethod.Get, "/api/notices/confirmation?token=x&language=de", null, ("Accept", "text/html")))
            .ShouldBe(HttpStatusCode.NotFound).Text.ShouldContain("Dieser Link gilt nicht mehr");
    }

    [Fact]
    public async Task The_sixth_ask_of_a_day_is_answered_alike_and_writes_no_mail()
    {
        for (var i = 0; i < 8; i++)
            await shop.Ask("mi-4", i % 2 == 0 ? "Gina@Example.org" : " gina@example.org", market: i < 4 ? "US" : "GB");

        await shop.Ask("mi-4", "hugo@example.org", market: "US");
        await shop.Mail("hugo@example.org");
        await Eventually.True(() => shop.Mails("gina@example.org").Count == 5);
    }

    [Theory]
    [InlineData("""{"market":"XX","slug":"mi-4","email":"a@example.org"}""", HttpStatusCode.NotFound, "unknown-market")]
    [InlineData("""{"market":"US","slug":"nothing","email":"a@example.org"}""", HttpStatusCode.NotFound, "unknown-product")]
    [InlineData("""{"market":"US","sku":"NOTHING","email":"a@example.org"}""", HttpStatusCode.NotFound, "unknown-sku")]
    [InlineData("""{"market":"US","slug":"mi-4","sku":"MI-4-WHT-16","email":"a@example.org"}""", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("""{"market":"US","email":"a@example.org"}""", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData(
        """{"market":"US","slug":"mi-4","sale":"0199a000-0000-7000-8000-000000000001","email":"a@example.org"}""",
        HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData(
        """{"market":"US","sku":"MI-BAND-BLK","sale":"0199a000-0000-7000-8000-000000000001","email":"a@example.org"}""",
        HttpStatusCode.NotFound, "unknown-sale")]
    [InlineData("""{"market":"US","slug":"mi-4","email":"nobody"}""", HttpStatusCode.BadRequest, "invalid-email")]
    [InlineData("""{"market":"US","slug":"mi-4","email":"a@b"}""", HttpStatusCode.BadRequest, "invalid-email")]
    [InlineData("""{"market":"US","slug":"mi-4","email":"a@example.org\r\nBcc: b@example.org"}""", HttpStatusCode.BadRequest, "invalid-email")]
    [InlineData("""{"market":"US","slug":"mi-4","email":"A <a@example.org>"}""", HttpStatusCode.BadRequest, "invalid-email")]
    [InlineData("""{"market":"US","slug":"mi-4","email":null}""", HttpStatusCode.BadRequest, "malformed-request")]
    public async Task What_cannot_be_meant_is_refused(string body, HttpStatusCode status, string code) =>
        (await catalog.Client.Post("/api/notices", body)).ShouldBeProblem(status, code);
}
