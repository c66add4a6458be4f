using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MiStore.ServiceDefaults;

/// <summary>
/// What a problem says to the shopper who meets it, in their language. Beside it the title and detail of a problem stay in
/// English, for whoever builds on the API; the code is the same for all.
/// </summary>
public static class ProblemMessages
{
    const string Fallback = "en";

    /// <summary>
    /// In the language that the request asks for (?language=, else Accept-Language), else in English; null for a problem that is
    /// a program's and not a shopper's.
    /// </summary>
    /// <param name="facts">Fill the places in braces: limit, available.</param>
    public static string? Of(string code, HttpRequest request, IDictionary<string, object?> facts) => In(LanguageOf(request), code, facts);

    /// <param name="language">Two letters; one that has no messages gives way to English.</param>
    public static string? In(string language, string code, IDictionary<string, object?> facts)
    {
        if (!Messages.TryGetValue(code == "sold-out" && Number(facts, "available") > 0 ? "too-few" : code, out var message))
            return null;

        var text = language switch { "de" => message.German, "fr" => message.French, _ => message.English };
        return facts.Aggregate(text, (filled, fact) => filled.Replace($"{{{fact.Key}}}", Convert.ToString(fact.Value, CultureInfo.InvariantCulture)));
    }

    /// <summary>How many of the SKU would have been taken; null where that is not what stands in the way.</summary>
    public static int? AllowedQuantity(string code, IDictionary<string, object?> facts) => code switch
    {
        "limit-exceeded" => Number(facts, "limit"),
        "sold-out" => Number(facts, "available"),
        "not-sold-in-market" or "not-yet-open" or "market-paused" or "product-paused" => 0,
        _ => null,
    };

    static int? Number(IDictionary<string, object?> facts, string name) => facts.TryGetValue(name, out var fact) && fact is int number ? number : null;

    /// <summary>The language that the request asks for, in two letters; one that has no messages may be among them.</summary>
    public static string LanguageOf(HttpRequest request) =>
        request.Query["language"].Append(null).First() is { Length: >= 2 } asked ? asked[..2].ToLowerInvariant()
        : Accepted(request).FirstOrDefault(language => language is "en" or "de" or "fr") ?? Fallback;

    // Best first. What cannot be read is not there.
    static IEnumerable<string> Accepted(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)
            ? accepted.Where(one => one.Quality is not 0).OrderByDescending(one => one.Quality ?? 1)
                .Select(one => one.Value.Length >= 2 ? one.Value.Value![..2].ToLowerInvariant() : "")
            : [];

    /// <summary>By code; a text lacking in one language would not compile.</summary>
    internal static readonly IReadOnlyDictionary<string, Message> Messages = new Dictionary<string, Message>
    {
        ["not-sold-in-market"] = new(
            "This product is not sold in this market.",
            "Dieses Produkt wird in diesem Markt nicht verkauft.",
            "Ce produit n’est pas vendu sur ce marché."),
        ["limit-exceeded"] = new(
            "One customer may buy at most {limit} of this product.",
            "Von diesem Produkt sind höchstens {limit} je Kundin oder Kunde möglich.",
            "Chaque client peut acheter au maximum {limit} exemplaire(s) de ce produit."),
        ["not-yet-open"] = new(
            "This product is not on sale yet.",
            "Dieses Produkt ist noch nicht im Verkauf.",
            "Ce produit n’est pas encore en vente."),
        ["market-paused"] = new(
            "The sale is paused for the moment. Your cart stays as it is.",
            "Der Verkauf ist derzeit angehalten. Ihr Warenkorb bleibt, wie er ist.",
            "La vente est en pause pour le moment. Votre panier reste tel quel."),
        ["product-paused"] = new(
            "The sale of this product is paused for the moment. Your cart stays as it is.",
            "Der Verkauf dieses Produkts ist derzeit angehalten. Ihr Warenkorb bleibt, wie er ist.",
            "La vente de ce produit est en pause pour le moment. Votre panier reste tel quel."),
        ["sold-out"] = new(
            "This product has just sold out. Nothing was ordered and nothing will be charged.",
            "Dieses Produkt ist gerade ausverkauft. Es wurde nichts bestellt, und es wird nichts berechnet.",
            "Ce produit vient d’être épuisé. Rien n’a été commandé et rien ne sera débité."),
        ["too-few"] = new(
            "Only {available} of this product are left. Please order fewer.",
            "Von diesem Produkt sind nur noch {available} da. Bitte bestellen Sie weniger.",
            "Il ne reste que {available} exemplaire(s) de ce produit. Veuillez en commander moins."),
        ["invalid-quantity"] = new("A quantity is from 1 to 99.", "Eine Menge liegt zwischen 1 und 99.", "La quantité va de 1 à 99."),
        ["cart-full"] = new("The cart is full.", "Der Warenkorb ist voll.", "Le panier est plein."),
        ["cart-changed"] = new(
            "The cart is being changed elsewhere. Please try again.",
            "Der Warenkorb wird gerade anderswo geändert. Bitte versuchen Sie es noch einmal.",
            "Le panier est en cours de modification ailleurs. Veuillez réessayer."),
        ["unknown-cart"] = new(
            "We do not have this cart any more.", "Diesen Warenkorb haben wir nicht mehr.", "Nous n’avons plus ce panier."),
        ["unknown-sku"] = new("We do not have this product.", "Dieses Produkt haben wir nicht.", "Nous n’avons pas ce produit."),
        ["unknown-product"] = new("We do not have this product.", "Dieses Produkt haben wir nicht.", "Nous n’avons pas ce produit."),
        ["unknown-market"] = new("There is no such market.", "Diesen Markt gibt es nicht.", "Ce marché n’existe pas."),
        ["price-changed"] = new(
            "A price has changed in the meantime. Nothing was ordered.",
            "Ein Preis hat sich inzwischen geändert. Es wurde nichts bestellt.",
            "Un prix a changé entre-temps. Rien n’a été commandé."),
        ["quote-expired"] = new(
            "The offer has run out, so nothing was ordered. Please look at the new one.",
            "Das Angebot ist abgelaufen, deshalb wurde nichts bestellt. Bitte sehen Sie das neue an.",
            "L’offre a expiré\u202F: rien n’a été commandé. Veuillez relire la nouvelle."),
        ["invalid-quote"] = new(
            "Nothing was ordered. Please begin the checkout again.",
            "Es wurde nichts bestellt. Bitte gehen Sie noch einmal zur Kasse.",
            "Rien n’a été commandé. Veuillez recommencer le passage en caisse."),
        ["destination-not-served"] = new(
            "We cannot deliver to this address.",
            "An diese Adresse können wir nicht liefern.",
            "Nous ne pouvons pas livrer à cette adresse."),
        ["address-mismatch"] = new(
            "The address is in another place than the total was reckoned for. Please look at it once more.",
            "Die Adresse liegt anderswo, als die Summe berechnet wurde. Bitte sehen Sie sie noch einmal an.",
            "L’adresse ne correspond pas au lieu pour lequel le total a été calculé. Veuillez la relire."),
        ["unknown-shipping-method"] = new(
            "We do not deliver in this way here. Please choose another.",
            "Diese Versandart gibt es hier nicht. Bitte wählen Sie eine andere.",
            "Ce mode de livraison n’existe pas ici. Veuillez en choisir un autre."),
        ["idempotency-key-reused"] = new(
            "This order has been placed already.", "Diese Bestellung ist schon aufgegeben.", "Cette commande a déjà été passée."),
        ["ticket-required"] = new(
            "This is sold in turn. Please take a place in the line first.",
            "Dieses Produkt wird der Reihe nach verkauft. Bitte nehmen Sie zuerst einen Platz in der Schlange.",
            "Ce produit se vend à tour de rôle. Veuillez d’abord prendre une place dans la file."),
        ["not-admitted"] = new("It is not your turn yet.", "Sie sind noch nicht an der Reihe.", "Ce n’est pas encore votre tour."),
        ["ticket-expired"] = new(
            "The time to order with this place is over.",
            "Die Zeit, mit diesem Platz zu bestellen, ist vorbei.",
            "Le temps pour commander avec cette place est écoulé."),
        ["ticket-used"] = new(
            "An order has been placed with this place already.",
            "Mit diesem Platz ist schon bestellt worden.",
            "Une commande a déjà été passée avec cette place."),
        ["not-your-ticket"] = new(
            "This place was taken with another e-mail address.",
            "Dieser Platz wurde mit einer anderen E-Mail-Adresse genommen.",
            "Cette place a été prise avec une autre adresse e-mail."),
        ["proof-required"] = new(
            "Many places have been taken from your network. Please wait {pauseSeconds} seconds, then take your place.",
            "Aus Ihrem Netz wurden schon viele Plätze genommen. Bitte warten Sie {pauseSeconds} Sekunden, dann nehmen Sie Ihren Platz.",
            "Beaucoup de places ont été prises depuis votre réseau. Patientez {pauseSeconds} secondes, puis prenez votre place."),
        ["unknown-order"] = new("We do not know this order.", "Diese Bestellung kennen wir nicht.", "Nous ne connaissons pas cette commande."),
        ["too-many-tries"] = new(
            "That was wrong too often. Please try again later.",
            "Das war zu oft falsch. Bitte versuchen Sie es später noch einmal.",
            "Trop d’essais erronés. Veuillez réessayer plus tard."),
        ["too-late"] = new(
            "The order can no longer be cancelled.",
            "Die Bestellung lässt sich nicht mehr stornieren.",
            "La commande ne peut plus être annulée."),
        ["busy"] = Busy, ["too-many-requests"] = Busy, ["service-unavailable"] = Busy,
    };

    static Message Busy => new(
        "The store is very busy at this moment. Nothing was changed; please try again.",
        "Im Shop ist gerade sehr viel los. Es wurde nichts geändert; bitte versuchen Sie es noch einmal.",
        "La boutique est très sollicitée en ce moment. Rien n’a été modifié\u202F; veuillez réessayer.");

    internal sealed record Message(string English, string German, string French);
}
