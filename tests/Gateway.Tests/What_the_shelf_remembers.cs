using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MiStore.Contracts.Listings;
using MiStore.Gateway.Shelf;

namespace MiStore.Gateway.Tests;

public sealed class What_the_shelf_remembers(Door door) : IClassFixture<Door>
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    // Each test has a product of its own, so that none finds another's answers.
    readonly string path = $"/api/markets/DE/products/{Guid.NewGuid():n}";

    ShelfNews News => door.Services.GetRequiredService<ShelfNews>();

    [Fact]
    public async Task What_Catalog_gives_time_to_is_asked_for_once()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=20");

        await Get();
        await Get();

        door.Catalog.CountOf(path).ShouldBe(1);
    }

    [Fact]
    public async Task What_Catalog_gives_no_time_to_is_asked_for_again()
    {
        door.Catalog.Answer(path, "{}");

        await Get();
        await Get();

        door.Catalog.CountOf(path).ShouldBe(2);
    }

    [Fact]
    public async Task It_is_asked_for_again_when_its_time_is_over()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=1");
        await Get();

        await Eventually.True(async () =>
        {
            await Get();
            return door.Catalog.CountOf(path) == 2;
        });
    }

    [Fact]
    public async Task A_cache_beyond_us_is_not_told_to_keep_it()
    {
        door.Catalog.Answer(path, "{}", "public, s-maxage=20");

        (await door.Client.GetAsync(path, Now)).Headers.CacheControl!.ToString().ShouldBe("public");
        (await door.Client.GetAsync(path, Now)).Headers.CacheControl!.ToString().ShouldBe("public");
    }

    [Fact]
    public async Task A_picture_that_never_changes_is_asked_for_once()
    {
        var picture = $"/images/{Guid.NewGuid():n}.svg";
        door.Catalog.Answer(picture, "<svg/>", "public, max-age=31536000, immutable");

        foreach (var _ in Enumerable.Range(0, 2))
            (await door.Client.GetAsync(picture, Now)).Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");

        door.Catalog.CountOf(picture).ShouldBe(1);
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, GZIP;q=0.5", "gzip")]
    [InlineData("br;q=0.000", null)]
    [InlineData("brotli, identity", null)]
    [InlineData(null, null)]
    public async Task It_is_compressed_for_who_takes_that_and_is_the_same(string? accepted, string? coding)
    {
        var json = $$"""{"text":"{{string.Concat(Enumerable.Repeat("Bestellen Sie jetzt. ", 200))}}"}""";
        door.Catalog.Answer(path, json, "s-maxage=20", "\"1\"");

        foreach (var known in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (accepted is not null)
                request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            if (known)
                request.Headers.TryAddWithoutValidation("If-None-Match", "\"1\"");
            using var answer = await door.Client.SendAsync(request, Now);

            answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
            answer.Headers.ETag!.ToString().ShouldBe("W/\"1\"");
            answer.StatusCode.ShouldBe(known ? HttpStatusCode.NotModified : HttpStatusCode.OK);
            if (known)
                continue;
            answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding);
            var body = await answer.Content.ReadAsByteArrayAsync(Now);
            answer.Content.Headers.ContentLength.ShouldBe(body.Length);
            (body.Length < json.Length / 5).ShouldBe(coding is not null);
            using var plain = new StreamReader(coding switch
            {
                "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
                "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
                _ => new MemoryStream(body),
            });
            (await plain.ReadToEndAsync(Now)).ShouldBe(json);
        }
    }

    [Theory]
    [InlineData("no-cache, s-maxage=1", "cart=1")]
    [InlineData("private, no-cache", "market=de/de")]
    public async Task What_is_somebody_s_own_goes_out_as_it_is(string cacheControl, string cookie)
    {
        var page = $"/de/de/{Guid.NewGuid():n}";
        door.Storefront.Answer(page, $"\"{new string('a', 5000)}\"", cacheControl);
        using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "Accept-Encoding", "br, gzip" }, { "Cookie", cookie } } };

        using var answer = await door.Client.SendAsync(request, Now);

        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await answer.Content.ReadAsStringAsync(Now)).Length.ShouldBe(5002);
    }

    [Fact]
    public async Task News_of_the_market_makes_it_forget()
    {
        door.Catalog.Answer(path, """{"price":1}""", "s-maxage=20");
        await Get();

        door.Catalog.Answer(path, """{"price":2}""", "s-maxage=20");
        await door.Broker.Publish(new ListingChanged("DE", null));

        await Eventually.True(async () => await Get() == """{"price":2}""");
    }

    [Fact]
    public async Task News_of_another_market_does_not()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=20");
        await Get();
        var edition = News.Edition("FR");

        await door.Broker.Publish(new ListingChanged("FR", "mi-band"));
        await Eventually.True(() => News.Edition("FR") != edition);
        await Get();

        door.Catalog.CountOf(path).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_while_the_news_came_is_not_kept()
    {
        var asked = new TaskCompletionSource();
        var mayAnswer = new TaskCompletionSource();
        door.Catalog.Answer(path, async http =>
        {
            asked.SetResult();
            await mayAnswer.Task;
            http.Response.Headers.CacheControl = "s-maxage=20";
            await http.Response.WriteAsync("old");
        });
        var underway = Get();
        await asked.Task;

        var edition = News.Edition("DE");
        await door.Broker.Publish(new ListingChanged("DE", null));
        await Eventually.True(() => News.Edition("DE") != edition);
        door.Catalog.Answer(path, "new", "s-maxage=20");
        mayAnswer.SetResult();

        (await underway).ShouldBe("old");
        (await Get()).ShouldBe("new");
    }

    [Fact]
    public async Task Many_who_ask_at_once_go_through_to_Catalog_once()
    {
        var mayAnswer = new TaskCompletionSource();
        door.Catalog.Answer(path, async http =>
        {
            await mayAnswer.Task;
            http.Response.Headers.CacheControl = "s-maxage=20";
            await http.Response.WriteAsync("once");
        });

        var crowd = Enumerable.Range(0, 50).Select(_ => Get()).ToList();
        await Eventually.True(() => door.Catalog.CountOf(path) > 0);
        mayAnswer.SetResult();

        (await Task.WhenAll(crowd)).ShouldAllBe(answer => answer == "once");
        door.Catalog.CountOf(path).ShouldBe(1);
    }

    [Theory]
    [InlineData("s-maxage=20")]
    [InlineData(null)]
    public async Task Who_has_it_already_is_told_so(string? cacheControl)
    {
        door.Catalog.Answer(path, "{}", cacheControl, etag: "\"one\"");

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var answer = await Get("\"one\"");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
            answer.Headers.ETag!.Tag.ShouldBe("\"one\"");
            (await answer.Content.ReadAsByteArrayAsync(Now)).ShouldBeEmpty();
        }

        door.Catalog.CountOf(path).ShouldBe(cacheControl is null ? 3 : 1);
        (await Get("\"another\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get()).ShouldBe("{}");
    }

    [Fact]
    public async Task UK_and_gb_are_one_entry()
    {
        var product = $"{Guid.NewGuid():n}";
        door.Catalog.Answer($"/api/markets/GB/products/{product}", "{}", "s-maxage=20");

        foreach (var market in new[] { "GB", "gb", "uk", "UK" })
            await door.Client.GetAsync($"/api/markets/{market}/products/{product}?session={market}", Now);

        door.Catalog.CountOf($"/api/markets/GB/products/{product}").ShouldBe(1);
    }

    [Fact]
    public async Task Asking_for_the_head_only_finds_and_fills_the_same_entry()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=20");

        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get, HttpMethod.Head })
            (await door.Client.SendAsync(new HttpRequestMessage(method, path), Now)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Get()).ShouldBe("{}");
        door.Catalog.CountOf(path).ShouldBe(1);
    }

    [Fact]
    public async Task Another_language_is_another_answer()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=20");

        await door.Client.GetAsync(path + "?language=de", Now);
        await door.Client.GetAsync(path + "?language=en", Now);

        door.Catalog.CountOf(path).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_said_to_one_person_is_kept_for_nobody()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=20");

        foreach (var _ in Enumerable.Range(0, 2))
            await door.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", "Bearer mine" } } }, Now);

        door.Catalog.CountOf(path).ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        door.Catalog.Answer(path, http =>
        {
            http.Response.StatusCode = 404;
            http.Response.Headers.CacheControl = "s-maxage=20";
            return Task.CompletedTask;
        });

        await Get();
        await Get();

        door.Catalog.CountOf(path).ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_broke_off_is_no_answer_and_not_kept()
    {
        door.Catalog.Answer(path, async http =>
        {
            http.Response.Headers.CacheControl = "s-maxage=20";
            await http.Response.WriteAsync("half");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });

        await (await door.Client.GetAsync(path, Now)).ShouldBeProblem(503, "service-unavailable");

        door.Catalog.Answer(path, "whole", "s-maxage=20");
        (await Get()).ShouldBe("whole");
    }

    [Fact]
    public async Task While_Catalog_gives_no_answer_its_last_one_is_given_and_said_to_be_old()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=20", etag: "\"one\"");
        await Get();
        door.Catalog.Answer(path, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        await door.Broker.Publish(new ListingChanged("DE", null));

        await Eventually.Passes(async () =>
            (await door.Client.GetAsync(path, Now)).Headers.Warning.Single().ToString().ShouldBe("110 - \"Response is Stale\""));

        var old = await door.Client.GetAsync(path, Now);
        old.StatusCode.ShouldBe(HttpStatusCode.OK);
        old.Headers.Age.ShouldNotBeNull();
        (await old.Content.ReadAsStringAsync(Now)).ShouldBe("{}");
        (await Get("\"one\"")).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        door.Catalog.Answer(path, "new", "s-maxage=20");
        (await Get()).ShouldBe("new");
    }

    [Fact]
    public async Task When_the_one_who_asked_for_all_goes_away_another_asks()
    {
        door.Catalog.Answer(path, http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var impatient = new CancellationTokenSource();
        var first = door.Client.GetAsync(path, impatient.Token);
        await Eventually.True(() => door.Catalog.CountOf(path) == 1);
        var crowd = Enumerable.Range(0, 10).Select(_ => Get()).ToList();
        door.Catalog.Answer(path, "{}", "s-maxage=20");

        await impatient.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(first);
        (await Task.WhenAll(crowd)).ShouldAllBe(answer => answer == "{}");
    }

    [Fact]
    public void What_was_not_asked_for_the_longest_goes_first()
    {
        var memory = new ShelfMemory(Options.Create(new ShelfOptions { Megabytes = 1 }));
        for (var i = 0; i < 100; i++)
            memory.Keep($"/{i}", new KeptAnswer("DE", default, 0, 0, new HeaderDictionary(), new byte[100_000]));

        memory.Bytes.ShouldBeLessThan(1024 * 1024);
        memory.Find("/99").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_order_of_a_query_makes_no_other_entry()
    {
        door.Catalog.Answer(path, "{}", "s-maxage=20");

        await door.Client.GetAsync(path + "?search=a%20b&language=de", Now);
        await door.Client.GetAsync(path + "?language=de&utm=x&search=a+b", Now);
        await door.Client.GetAsync(path + "?search=a%20b&language=de", Now);

        door.Catalog.CountOf(path).ShouldBe(1);
    }

    [Theory]
    [InlineData(null, 0, true, 0)]
    [InlineData(0, 0, true, 0)]
    [InlineData(10, 0, true, 10_000)]
    [InlineData(10, 300, true, 9_700)]
    [InlineData(3600, 0, true, 30_000)]
    [InlineData(10, 0, false, 500)]
    [InlineData(1, 1000, false, 0)]
    public void It_is_kept_as_long_as_the_clock_and_the_news_allow(int? sharedSeconds, int underwayMs, bool isListening, int keptMs) =>
        ShelfLife.Lifetime(
            sharedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, TimeSpan.FromMilliseconds(underwayMs), isListening)
            .ShouldBe(TimeSpan.FromMilliseconds(keptMs));

    [Fact]
    public void A_gap_in_the_news_makes_it_forget_every_market()
    {
        var news = new ShelfNews();
        news.StartListening();
        var before = news.Edition("DE");

        news.StopListening();
        var during = news.Edition("DE");
        news.StartListening();

        new[] { before, during, news.Edition("DE") }.Distinct().Count().ShouldBe(3);
        news.IsListening.ShouldBeTrue();
    }

    [Fact]
    public Task The_gateway_hears_the_news() => Eventually.True(() => News.IsListening);

    async Task<string> Get() => await (await door.Client.GetAsync(path, Now)).Content.ReadAsStringAsync(Now);

    async Task<HttpResponseMessage> Get(string etag) =>
        await door.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", etag } } }, Now);
}
