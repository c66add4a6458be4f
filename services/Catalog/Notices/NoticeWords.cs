namespace MiStore.Catalog.Notices;

/// <summary>What a person reads of a notice, in mails and on the pages behind their links. {0} is the product's name.</summary>
sealed record NoticeWords(
    string Language, string ConfirmSubject, string ConfirmText, string SaleSubject, string SaleText, string Footer,
    string ConfirmTitle, string ConfirmButton, string Confirmed, string ConfirmedText,
    string WithdrawTitle, string WithdrawButton, string Withdrawn, string WithdrawnText,
    string Unknown, string UnknownText)
{
    static readonly NoticeWords English = new(
        "en",
        "Shall we tell you when {0} is here?",
        "You, or somebody with your address, would like to be told when {0} can be bought. If it was you, please confirm:",
        "{0} can be bought now",
        "{0} can be bought now. You asked us to tell you:",
        "No more mails of this kind:",
        "Tell me when {0} can be bought", "Yes, tell me",
        "We will tell you", "One mail, when {0} can be bought, and then no more.",
        "No more notices", "Write no more",
        "We write no more", "Your address has been deleted. You can ask to be told again at any time.",
        "This link no longer works", "It may be older than two days, or have been used for its end already. Please ask again on the product's page.");

    static readonly NoticeWords German = new(
        "de",
        "Sollen wir Bescheid sagen, wenn {0} da ist?",
        "Sie oder jemand mit Ihrer Adresse möchte Bescheid bekommen, sobald {0} gekauft werden kann. Wenn Sie das waren, bestätigen Sie es bitte:",
        "{0} ist jetzt erhältlich",
        "{0} kann jetzt gekauft werden. Sie wollten Bescheid bekommen:",
        "Keine solchen Nachrichten mehr:",
        "Bescheid sagen, wenn {0} gekauft werden kann", "Ja, bitte Bescheid sagen",
        "Wir sagen Bescheid", "Eine Nachricht, sobald {0} gekauft werden kann, und danach keine mehr.",
        "Keine Nachrichten mehr", "Nicht mehr schreiben",
        "Wir schreiben nicht mehr", "Ihre Adresse ist gelöscht. Sie können sich jederzeit wieder eintragen.",
        "Dieser Link gilt nicht mehr", "Er ist vielleicht älter als zwei Tage oder hat seinen Zweck schon erfüllt. Bitte tragen Sie sich auf der Produktseite noch einmal ein.");

    static readonly NoticeWords French = new(
        "fr",
        "Vous prévenir quand {0} sera là ?",
        "Vous, ou quelqu’un avec votre adresse, souhaitez être prévenu quand {0} pourra être acheté. Si c’était vous, merci de confirmer :",
        "{0} est disponible",
        "{0} peut être acheté dès maintenant. Vous vouliez être prévenu :",
        "Ne plus recevoir ces messages :",
        "Me prévenir quand {0} pourra être acheté", "Oui, prévenez-moi",
        "Nous vous préviendrons", "Un seul message, quand {0} pourra être acheté, puis plus aucun.",
        "Plus de messages", "Ne plus m’écrire",
        "Nous n’écrirons plus", "Votre adresse est supprimée. Vous pouvez vous réinscrire à tout moment.",
        "Ce lien n’est plus valable", "Il a peut-être plus de deux jours, ou a déjà servi. Merci de vous réinscrire sur la page du produit.");

    /// <summary>In a language that nobody has written them in yet, English.</summary>
    public static NoticeWords In(string? language) => language?.ToLowerInvariant() switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };
}
