using System.Globalization;

namespace MiStore.Catalog.Notices;

/// <summary>
/// What a person reads of one kind of notice: first the mail and the page that ask, then the mail that was asked for. {0} is
/// the product's name, {1} when the sale opens.
/// </summary>
sealed record NoticeKind(
    string ConfirmSubject, string ConfirmText, string ConfirmTitle, string ConfirmButton, string Confirmed, string ConfirmedText,
    string Subject, string Text);

/// <summary>What a person reads of notices, in mails and on the pages behind their links.</summary>
/// <param name="Product">It can be bought.</param>
/// <param name="Reminder">Its sale opens soon.</param>
/// <param name="Instant">{0} is the day, {1} the time, {2} the city whose clock is meant.</param>
sealed record NoticeWords(
    string Language, NoticeKind Product, NoticeKind Reminder, string Instant, string Footer,
    string WithdrawTitle, string WithdrawButton, string Withdrawn, string WithdrawnText,
    string Unknown, string UnknownText)
{
    static readonly NoticeWords English = new(
        "en",
        new NoticeKind(
            "Shall we tell you when {0} is here?",
            "You, or somebody with your address, would like to be told when {0} can be bought. If it was you, please confirm:",
            "Tell me when {0} can be bought", "Yes, tell me",
            "We will tell you", "One mail, when {0} can be bought, and then no more.",
            "{0} can be bought now",
            "{0} can be bought now. You asked us to tell you:"),
        new NoticeKind(
            "Shall we remind you of the sale of {0}?",
            "You, or somebody with your address, would like to be reminded of the sale of {0}. It opens on {1}. If it was "
            + "you, please confirm:",
            "Remind me before the sale of {0} opens", "Yes, remind me",
            "We will remind you", "One mail before the sale of {0} opens, and then no more. As planned now, it opens on {1}.",
            "The sale of {0} opens soon",
            "The sale of {0} opens on {1}. Have its page open then. It shows your place; on another device, enter the e-mail address "
            + "with which you took it:"),
        "{0}, {1} ({2} time)",
        "No more mails of this kind:",
        "No more notices", "Write no more",
        "We write no more", "Your address has been deleted. You can ask to be told again at any time.",
        "This link no longer works", "It may be older than two days, or have been used for its end already. Please ask again on the "
        + "page of the product or the sale.");

    static readonly NoticeWords German = new(
        "de",
        new NoticeKind(
            "Sollen wir Bescheid sagen, wenn {0} da ist?",
            "Sie oder jemand mit Ihrer Adresse möchte Bescheid bekommen, sobald {0} gekauft werden kann. Wenn Sie das waren, "
            + "bestätigen Sie es bitte:",
            "Bescheid sagen, wenn {0} gekauft werden kann", "Ja, bitte Bescheid sagen",
            "Wir sagen Bescheid", "Eine Nachricht, sobald {0} gekauft werden kann, und danach keine mehr.",
            "{0} ist jetzt erhältlich",
            "{0} kann jetzt gekauft werden. Sie wollten Bescheid bekommen:"),
        new NoticeKind(
            "Sollen wir an den Verkauf erinnern: {0}?",
            "Sie oder jemand mit Ihrer Adresse möchte an den Verkauf erinnert werden: {0}. Verkaufsbeginn: {1}. Wenn Sie das waren, "
            + "bestätigen Sie es bitte:",
            "An den Verkauf erinnern: {0}", "Ja, bitte erinnern",
            "Wir erinnern Sie", "Eine Nachricht vor Verkaufsbeginn ({0}), und danach keine mehr. Er ist zurzeit geplant für: {1}.",
            "Der Verkauf beginnt bald: {0}",
            "{0}: Verkaufsbeginn {1}. Öffnen Sie dann die Seite des Verkaufs. Dort steht Ihr Platz; auf einem anderen Gerät geben "
            + "Sie die E-Mail-Adresse ein, mit der Sie ihn genommen haben:"),
        "{0}, {1} Uhr (Ortszeit {2})",
        "Keine solchen Nachrichten mehr:",
        "Keine Nachrichten mehr", "Nicht mehr schreiben",
        "Wir schreiben nicht mehr", "Ihre Adresse ist gelöscht. Sie können sich jederzeit wieder eintragen.",
        "Dieser Link gilt nicht mehr", "Er ist vielleicht älter als zwei Tage oder hat seinen Zweck schon erfüllt. Bitte tragen Sie sich "
        + "auf der Seite des Produkts oder des Verkaufs noch einmal ein.");

    static readonly NoticeWords French = new(
        "fr",
        new NoticeKind(
            "Vous prévenir quand {0} sera là ?",
            "Vous, ou quelqu’un avec votre adresse, souhaitez être prévenu quand {0} pourra être acheté. Si c’était vous, "
            + "merci de confirmer :",
            "Me prévenir quand {0} pourra être acheté", "Oui, prévenez-moi",
            "Nous vous préviendrons", "Un seul message, quand {0} pourra être acheté, puis plus aucun.",
            "{0} est disponible",
            "{0} peut être acheté dès maintenant. Vous vouliez être prévenu :"),
        new NoticeKind(
            "Vous rappeler la vente de {0}\u202F?",
            "Vous, ou quelqu’un avec votre adresse, souhaitez un rappel avant la vente de {0}, qui commence le {1}. Si c’était vous, "
            + "merci de confirmer\u202F:",
            "Me rappeler la vente de {0}", "Oui, rappelez-la-moi",
            "Nous vous la rappellerons", "Un seul message avant la vente de {0}, puis plus aucun. Elle est prévue pour le {1}.",
            "La vente de {0} commence bientôt",
            "La vente de {0} commence le {1}. Ouvrez alors la page de la vente. Votre place y est\u202F; sur un autre appareil, "
            + "saisissez l’adresse e-mail donnée pour la place\u202F:"),
        "{0} à {1} (heure de {2})",
        "Ne plus recevoir ces messages :",
        "Plus de messages", "Ne plus m’écrire",
        "Nous n’écrirons plus", "Votre adresse est supprimée. Vous pouvez vous réinscrire à tout moment.",
        "Ce lien n’est plus valable", "Il a peut-être plus de deux jours, ou a déjà servi. Merci de vous réinscrire sur la page du "
        + "produit ou de la vente.");

    public NoticeKind Of(Notice notice) => notice.Sale is null ? Product : Reminder;

    /// <param name="sale">What the notice reminds of; null where it is of no sale.</param>
    public string Fill(string text, Notice notice, AwaitedSale? sale) =>
        string.Format(text, notice.ProductName, sale is null ? null : InstantOf(sale.Announced, notice));

    // As people in the market write it, by their clock.
    string InstantOf(DateTimeOffset instant, Notice notice)
    {
        var culture = CultureInfo.GetCultureInfo($"{Language}-{notice.Market}");
        var zone = notice.TimeZone ?? "UTC";
        var local = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return string.Format(Instant, local.ToString("D", culture), local.ToString("t", culture), zone.Split('/')[^1].Replace('_', ' '));
    }

    /// <summary>In a language that nobody has written them in yet, English.</summary>
    public static NoticeWords In(string? language) => language?.ToLowerInvariant() switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };
}
