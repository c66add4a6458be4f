using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MiStore.Contracts.Markets;
using MiStore.Gateway.Edge;
using MiStore.Gateway.Live;

namespace MiStore.Gateway.Pages;

/// <summary>Why a shopper sees a page of ours instead of the one that they asked for.</summary>
public enum Why
{
    /// <summary>The storefront does not answer.</summary>
    Away,

    /// <summary>The store is too busy for more.</summary>
    Busy,

    /// <summary>This client asks too often.</summary>
    TooOften,

    /// <summary>For either of the first two: in a waiting room, where the place is safe.</summary>
    InLine,

    /// <summary>For either of the first two: nothing is left in this market, so there is nothing to hurry for.</summary>
    SoldOut,
}

/// <summary>
/// What a shopper sees while the page cannot be had: one that is small, needs nothing and nobody, speaks the language of the
/// address, and looks again by itself.
/// </summary>
public static class DoorPage
{
    const string Style = """
        body { font: 1.125rem/1.55 system-ui, sans-serif; max-width: 36rem; margin: 18vh auto 0; padding: 0 1.5rem; color: #1f1d1a; background: #faf8f4 }
        h1 { font-size: 2rem; letter-spacing: -.02em; line-height: 1.15 }
        a { color: #b63d12 }
        @media (prefers-color-scheme: dark) {
          body { color: #f3efe8; background: #151412 }
          a { color: #f19a6b }
        }
        """;

    // It looks in the background and loads the page anew only when there is one, so that nobody who reads or listens is interrupted.
    // Not all in the same instant, because all of them came in one.
    const string Script = """
        const look = async () => {
          try {
            const answer = await fetch(location.href, { cache: 'no-store' });
            if (answer.status !== 503 && answer.status !== 429)
              return location.reload();
          } catch {
            // No line; the next look may find one.
          }
          wait();
        };
        const wait = () => setTimeout(look, 4000 + Math.random() * 2000);
        wait();
        """;

    static readonly string Policy =
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // A refusal in a rush has to cost next to nothing.
    static readonly ConcurrentDictionary<(Why, string, bool), byte[]> Made = new();

    /// <summary>Whether a shopper asks for a page here, or a program for something else.</summary>
    public static bool IsOf(PathString path) =>
        path.Value!.Split('/', 3)[1] is not ("api" or "images" or "docs" or "openapi" or "health" or "alive" or "webhooks" or "assets");

    /// <param name="seconds">After which it is worth to ask again.</param>
    public static Task Send(HttpContext http, Why why, int status, int seconds)
    {
        why = why is Why.Away or Why.Busy ? WhatItMeans(http, why) : why;
        var response = http.Response;
        // Who asked for this very page has got it.
        var isAskedFor = why == Why.SoldOut && http.Request.Path.Value!.EndsWith("/sold-out", StringComparison.Ordinal);
        response.StatusCode = isAskedFor ? StatusCodes.Status200OK : status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = isAskedFor ? "public, max-age=60" : "no-store";
        if (!isAskedFor)
            response.Headers.RetryAfter = $"{seconds}";
        SecurityHeaders.Set(response.Headers);

        // Only what was read may be asked for again by itself; a form is the shopper's to send.
        var again = HttpMethods.IsGet(http.Request.Method) && why != Why.SoldOut;
        var language = http.Request.Path.Value!.Split('/') is [_, _, ("de" or "fr") and var spoken, ..] ? spoken : "en";
        var body = Made.GetOrAdd((why, language, again), page => Encoding.UTF8.GetBytes(Make(page.Item1, page.Item2, page.Item3)));
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    static Why WhatItMeans(HttpContext http, Why why)
    {
        if (http.Request.Path.Value!.Split('/') is not [_, { Length: 2 } market, { Length: 2 }, .. var rest])
            return why;
        if (rest is ["sales", ..])
            return Why.InLine;
        // Of an order that exists, all being sold out says nothing.
        if (rest is ["orders", ..] or ["checkout", ..] or ["cart", ..] || MarketCode.Normalize(market) is not { } code)
            return why;
        return http.RequestServices.GetRequiredService<LiveMarkets>().Find(code) is { } present && IsSoldOut(present) ? Why.SoldOut : why;
    }

    // As the ledger has it, and as everybody who follows the market was told.
    static bool IsSoldOut(LiveMarket.Present market) =>
        market.Offers.Any(told => told.Offer.State == LiveState.SoldOut) && market.Offers.All(told => told.Offer.State != LiveState.Sellable);

    static string Make(Why why, string language, bool again)
    {
        var (title, text) = Words(why, language);
        return $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {(again ? """<noscript><meta http-equiv="refresh" content="10"></noscript>""" : "")}
            <title>{title} · MiStore</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a href="/">{ToTheStore(language)}</a></p>
            </main>
            {(again ? $"<script>{Script}</script>" : "")}
            </body>
            </html>
            """;
    }

    static string HashOf(string inline) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)))}";

    static string ToTheStore(string language) => language switch { "de" => "Zum Shop", "fr" => "Aller à la boutique", _ => "To the store" };

    static (string Title, string Text) Words(Why why, string language) => (why, language) switch
    {
        (Why.Away, "de") => ("Einen Moment, bitte", "Der Shop ist gleich wieder da. Ihr Warenkorb ist sicher, und was Sie bestellt haben, ist bestellt."),
        (Why.Away, "fr") => (
            "Un instant, s’il vous plaît", "La boutique revient tout de suite. Votre panier est conservé, et ce que vous avez commandé l’est bien."),
        (Why.Away, _) => ("One moment, please", "The store will be back in a moment. Your cart is safe, and what you have ordered is ordered."),

        (Why.Busy, "de") => (
            "Gerade ist viel los", "Sehr viele sehen sich in diesem Moment um. Ihr Warenkorb ist sicher; diese Seite versucht es gleich noch einmal."),
        (Why.Busy, "fr") => (
            "Il y a foule en ce moment", "Les visiteurs sont très nombreux. Votre panier est conservé\u202F; cette page réessaie dans un instant."),
        (Why.Busy, _) => (
            "It is very busy just now", "Very many people are looking around at this moment. Your cart is safe; this page tries again in a moment."),

        (Why.TooOften, "de") => (
            "Bitte etwas langsamer", "Von Ihrem Anschluss kamen sehr viele Anfragen. Diese Seite versucht es gleich noch einmal; verloren ist nichts."),
        (Why.TooOften, "fr") => (
            "Un peu plus lentement, s’il vous plaît",
            "Beaucoup de demandes sont venues de votre connexion. Cette page réessaie dans un instant\u202F; rien n’est perdu."),
        (Why.TooOften, _) => (
            "A little slower, please", "Very many requests came from your connection. This page tries again in a moment; nothing is lost."),

        (Why.InLine, "de") => (
            "Ihr Platz ist sicher", "Die Seite der Warteschlange ist gleich wieder da. Sie müssen nichts tun: Ihr Platz bleibt Ihrer, und diese Seite sieht selbst nach."),
        (Why.InLine, "fr") => (
            "Votre place est conservée",
            "La page de la file revient tout de suite. Vous n’avez rien à faire\u202F: votre place reste la vôtre, et cette page se recharge seule."),
        (Why.InLine, _) => (
            "Your place is safe", "The page of the line will be back in a moment. There is nothing to do: your place stays yours, and this page looks again by itself."),

        (Why.SoldOut, "de") => (
            "Im Moment ist alles vergriffen",
            "Alles, was zu haben war, ist verkauft; für Sie ist nichts zurückgelegt, und es wurde nichts berechnet. Der Shop ist gleich wieder "
            + "da: Dann können Sie sich Bescheid geben lassen, wenn es wieder etwas gibt."),
        (Why.SoldOut, "fr") => (
            "Tout est épuisé pour l’instant",
            "Tout ce qui était en vente est vendu\u202F; rien ne vous est réservé et rien n’a été débité. La boutique revient tout de suite\u202F: "
            + "vous pourrez alors demander à être prévenu quand il y en aura d’autres."),
        _ => (
            "Everything is gone for now",
            "All that was on sale is sold; nothing is held for you and nothing was charged. The store will be back in a moment: then you can "
            + "have yourself told when there is more."),
    };
}
