namespace MiStore.Storefront;

static class German
{
    public static readonly Words Words = new()
    {
        // Places and forms of writing.
        LanguageName = "Deutsch",
        DateAndTime = "{0}, {1} Uhr",
        TimeOfDay = "{0} Uhr",
        LocalTime = "{0} (Ortszeit {1})",
        Yes = "Ja",
        No = "Nein",

        // Around every page.
        SkipToContent = "Zum Inhalt",
        Categories = "Kategorien",
        Search = "Suchen",
        Cart = "Warenkorb",
        UnitsInCart = "Stück im Warenkorb",
        Seller = "Verkäufer",
        MarketAndLanguage = "Markt und Sprache",
        OtherMarkets = "Andere Märkte",
        PracticeTitle = "Testzahlungen",
        PracticeText =
            "Dieser Shop läuft mit einem Übungs-Zahlungsanbieter: Es wird keine echte Karte verlangt, und es "
            + "fließt kein Geld.",
        ToTheStore = "Zum Shop",
        Store = "Shop",
        YouAreHere = "Sie sind hier",

        // Choosing a market.
        ChoiceTitle = "Wohin dürfen wir liefern?",
        ChoiceText =
            "Jeder Markt hat eigene Preise, Steuern und Bestände. Wählen Sie Ihren; wechseln können Sie "
            + "jederzeit.",
        ContinueTo = "Weiter: {0} · {1}",
        ChoiceOpen = "Geöffnet · Preise in {0}",
        ChoiceTest = "Testverkauf · Preise in {0}",
        ChoicePaused = "Derzeit angehalten",
        ChoiceSoon = "Öffnet am {0}",
        ForDevelopers = "Für Entwickler: die API des Shops",

        // Home.
        HomeTitle = "Zubehör, {0}",
        HeroTitle = "Kleine Dinge, die jeden Tag mitkommen.",
        HeroText =
            "Ein Band, das auf Ihren Schlaf achtet, Strom für unterwegs, Klang für den Weg. Den ganzen Preis "
            + "sehen Sie vor der Bestellung, und vorrätig heißt gezählt.",
        SeeWhatIsOnSale = "Ansehen, was es gibt",
        SeeWhatIsComing = "Ansehen, was kommt",
        PhaseOpen = "Jetzt {0} geöffnet",
        PhaseTest = "Testverkauf {0}",
        PhasePaused = "Der Verkauf ist derzeit angehalten",
        PhaseSoon = "Der Verkauf beginnt am {0}",
        OnSaleTitle = "Jetzt im Verkauf",
        ComingTitle = "Demnächst",
        PausedTitle = "Derzeit angehalten",
        SoldOutTitle = "Ausverkauft",
        PromisesTitle = "Worauf Sie zählen können",
        NotHereTitle = "Hier noch nicht erhältlich, und warum",
        NotHereText =
            "Manche unserer Produkte dürfen in diesem Markt nicht verkauft werden. Das sagen wir lieber, als "
            + "sie zu verstecken.",

        // Products.
        Products = "Produkte",
        AllProducts = "Alle Produkte",
        SearchTitle = "Ergebnisse für „{0}“",
        NothingFound =
            "Unter diesen Worten haben wir nichts gefunden. Kleine Tippfehler verzeihen wir; vielleicht hilft "
            + "ein anderes Wort.",
        From = "ab {0}",
        TaxIncludedLine = "inkl. MwSt., zzgl. Versand",
        TaxExcludedLine = "zzgl. Steuern und Versand",
        LowestPrice = "Niedrigster Preis der letzten 30 Tage: {0}",
        StateSellable = "Auf Lager",
        StateFew = "Auf Lager, nur noch wenige",
        StateUpcoming = "Noch nicht im Verkauf",
        StateUpcomingFrom = "Im Verkauf ab {0}",
        StateSoldOut = "Ausverkauft",
        StateSoldOutUntil = "Ausverkauft. Nachschub ab {0}",
        StatePaused = "Der Verkauf ist derzeit angehalten",
        StateRestricted = "Hier nicht erhältlich",
        StateNotOffered = "Hier nicht im Angebot",
        TimeLeft = "Noch {0}",
        OwnTime = "{0} bei Ihnen",
        WhyNotHere = "Warum Sie es hier noch nicht kaufen können",
        ReviewOn = "Das prüfen wir wieder am {0}.",
        LimitOne = "Eines je Kundin oder Kunde.",
        Limit = "Höchstens {0} Stück je Kundin oder Kunde.",
        Quantity = "Menge",
        AddToCart = "In den Warenkorb",
        Specifications = "Technische Daten",

        // Cart.
        CartEmpty = "Ihr Warenkorb ist leer.",
        CartElsewhere =
            "Ihr Warenkorb liegt in einem anderen Markt: {0}. Preise, Steuern und Angebot sind {1} andere. "
            + "Sie entscheiden, ob er mitkommt.",
        MoveCart = "Warenkorb mitnehmen: {0}",
        StayWithCart = "Bleiben: {0}",
        MovedTitle = "Ihr Warenkorb ist jetzt {0}. Das hat sich geändert:",
        ChangeRepriced = "{0}: {2} statt {1}",
        ChangeLimited = "{0}: hier höchstens {1} Stück je Kundin oder Kunde",
        ChangeNotSold = "{0}: hier zurzeit nicht zu kaufen",
        Each = "{0} je Stück",
        Update = "Ändern",
        Remove = "Entfernen",
        Summary = "Übersicht",
        Subtotal = "Zwischensumme",
        ToCheckout = "Zur Kasse",
        RemoveUnavailable = "Etwas im Warenkorb ist zurzeit nicht zu kaufen. Entfernen Sie es, um fortzufahren.",
        AlreadyInCart = "In Ihrem Warenkorb sind schon {0}.",
        ElsewhereTitle = "Auf einem anderen Gerät weitermachen",
        ElsewhereText =
            "Öffnen Sie dort diesen Link. Wer ihn hat, kann sehen und ändern, was in diesem Warenkorb liegt, und erfährt "
            + "sonst nichts über Sie.",
        LinkedCartTitle = "Ein Warenkorb von einem anderen Gerät",
        LinkedCartText = "Das liegt darin. Es geschieht nichts damit, bis Sie sich entscheiden.",
        LinkedCartEmpty = "In diesem Warenkorb liegt nichts.",
        LinkedCart = "Vom anderen Gerät",
        OwnCart = "Auf diesem Gerät",
        TakeCart = "Mit diesem Warenkorb weitermachen",
        TwoCartsText =
            "Auf diesem Gerät gibt es schon einen Warenkorb. Wenn Sie beide zusammenlegen, wird gleiches zusammengezählt, "
            + "und wir sagen, wo das nicht geht.",
        MergeCarts = "Beide zusammenlegen",
        KeepOwnCart = "Meinen Warenkorb so lassen",
        MergedTitle = "Beide Warenkörbe sind jetzt einer. Vom anderen Gerät kam dazu:",
        MergeConflicts = "Bitte beachten Sie:",

        // Checkout.
        Checkout = "Kasse",
        StepAddress = "Adresse",
        StepReview = "Prüfen und bezahlen",
        AddressTitle = "Wohin soll es gehen?",
        Email = "E-Mail",
        FullName = "Vor- und Nachname",
        Line1 = "Straße und Hausnummer",
        Line2 = "Adresszusatz",
        Optional = "freiwillig",
        City = "Ort",
        Town = "Ort",
        State = "Bundesstaat",
        ZipCode = "ZIP-Code",
        Postcode = "Postleitzahl",
        PostalCode = "Postleitzahl",
        DeliversTo = "Ein Konto ist nicht nötig. Dieser Shop liefert nur innerhalb dieses Marktes: {0}.",
        ToReview = "Weiter",
        FillGaps = "Es fehlt noch etwas. Bitte sehen Sie die markierten Felder an.",
        ReviewTitle = "Prüfen und bezahlen",
        DeliverTo = "Lieferung an",
        Change = "Ändern",
        ShippingTitle = "Versandart",
        OneDay = "1 Werktag",
        SomeDays = "{0} Werktage",
        DaysRange = "{0} bis {1} Werktage",
        Free = "kostenlos",
        PaymentTitle = "Zahlung",
        Shipping = "Versand",
        Total = "Gesamtbetrag",
        TaxWithin = "Enthält {0}",
        PriceHoldsUntil = "Dieser Preis gilt bis {0}.",
        HoldPrice = "Neu festhalten",
        RetryTitle = "Wir wissen noch nicht, ob Ihre Bestellung angekommen ist",
        RetryText =
            "Die Verbindung ist abgerissen, oder es kaufen gerade sehr viele. Bitte senden Sie sie noch "
            + "einmal: Es ist dieselbe Bestellung, sie kann nicht doppelt aufgegeben oder bezahlt werden.",
        RetryButton = "Noch einmal senden",
        OrderedTitle = "Dieser Warenkorb ist schon bestellt",
        OrderedText =
            "Ein Warenkorb ergibt eine Bestellung, es wurde also nichts doppelt bestellt. Sie finden die "
            + "Bestellung im anderen Fenster, unter ihrem eigenen Link.",

        // Orders.
        OrderTitle = "Bestellung {0}",
        Timeline = "Was bisher geschah",
        OrderWaiting =
            "Wir warten auf die Antwort zu Ihrer Zahlung. Die Ware ist bis {0} für Sie zurückgelegt; diese "
            + "Seite sieht von selbst wieder nach.",
        KeepTheLink =
            "Heben Sie die Adresse dieser Seite auf: Sie öffnet Ihre Bestellung, auch jedem anderen, der sie "
            + "hat.",
        CancelOrder = "Bestellung stornieren",
        CancelText = "Kostenlos, bis sie gepackt ist; das Geld geht auf Ihre Karte zurück.",
        OrderAgain = "Noch einmal in den Warenkorb",

        // What the store refuses.
        ThisProduct = "Dieses Produkt",
        RefusedNotSold = "{0} wird in diesem Markt nicht verkauft.",
        RefusedLimit = "{0}: Mehr als {1} Stück je Kundin oder Kunde sind nicht möglich.",
        RefusedLimitOne = "{0}: Eines je Kundin oder Kunde.",
        RefusedNotYet = "{0} ist noch nicht im Verkauf.",
        RefusedNotYetFrom = "{0} ist noch nicht im Verkauf. Der Verkauf beginnt am {1}.",
        RefusedPaused = "Der Verkauf ist derzeit angehalten. Ihr Warenkorb bleibt, wie er ist.",
        RefusedProductPaused = "Der Verkauf dieses Produkts ist derzeit angehalten: {0}. Ihr Warenkorb bleibt, wie er ist.",
        RefusedSoldOut = "{0} ist gerade ausverkauft. Es wurde nichts bestellt, und es wird nichts berechnet.",
        RefusedTooFew = "{0}: Es sind nur noch {1} da. Bitte bestellen Sie weniger.",
        RefusedQuantity = "Eine Menge liegt zwischen 1 und 99.",
        RefusedCartFull = "Der Warenkorb ist voll.",
        RefusedUnknown = "Dieses Produkt haben wir nicht.",
        RefusedUnknownCart =
            "Diesen Warenkorb gibt es nicht mehr. Vielleicht lag er zu lange unberührt, oder der Link ist nicht vollständig.",
        RefusedPriceChanged =
            "Ein Preis hat sich inzwischen geändert. Es wurde nichts bestellt; die Übersicht unten zeigt, was "
            + "jetzt gilt.",
        RefusedQuoteExpired =
            "Das Angebot war abgelaufen, deshalb wurde nichts bestellt. Unten steht ein neues; bitte sehen "
            + "Sie es noch einmal an.",
        RefusedDestination =
            "An diese Adresse können wir nicht liefern. Bitte prüfen Sie die Postleitzahl und, wo es ihn "
            + "gibt, den Bundesstaat.",
        RefusedAddress = "An Ihren Angaben stimmt etwas nicht. Bitte sehen Sie sie noch einmal durch.",
        RefusedTooLate = "Die Bestellung lässt sich nicht mehr stornieren.",
        RefusedBusy = "Im Shop ist gerade sehr viel los. Es wurde nichts geändert; bitte versuchen Sie es noch einmal.",
        Declined =
            "Die Karte wurde abgelehnt. Es wurde nichts abgebucht; Sie können es mit einer anderen Karte "
            + "versuchen.",
        DeclinedFunds =
            "Die Karte war nicht gedeckt. Es wurde nichts abgebucht; Sie können es mit einer anderen Karte "
            + "versuchen.",

        // When a page cannot be shown.
        NotFoundTitle = "Diese Seite gibt es nicht",
        NotFoundText = "Vielleicht ist die Adresse vertippt, oder das Produkt wird in diesem Markt nicht gezeigt.",
        BusyTitle = "Einen Moment, bitte",
        BusyText =
            "Ein Teil des Shops antwortet gerade nicht. Ihr Warenkorb ist sicher; bitte versuchen Sie es in "
            + "ein paar Sekunden noch einmal.",
        ForeignFormTitle = "Dieses Formular kam nicht von hier",
        ForeignFormText =
            "Es wurde nichts geändert. Bitte öffnen Sie die Seite noch einmal und senden Sie das Formular von "
            + "dort.",
        LineLost =
            "Die Verbindung ist abgebrochen. Ihre Eingaben sind noch da; bitte senden Sie sie noch einmal. Eine "
            + "Bestellung wird nie doppelt angelegt.",
        FaultTitle = "Das war unser Fehler",
        FaultText = "Hier ist etwas schiefgegangen, und es ist vermerkt. Bitte versuchen Sie es noch einmal.",

        // Legal texts, safety, notices and finding an order again.
        LegalVersion = "Fassung {0} vom {1}",
        LegalTitle = "Bedingungen und Auskünfte",
        AcceptTerms = "Mit der Bestellung nehmen Sie die Geschäftsbedingungen an, Fassung {0}.",
        AcceptedTerms = "Angenommene Geschäftsbedingungen: Fassung {0}",
        YourOrders = "Ihre Bestellung",
        WithdrawFromContract = "Vertrag widerrufen",
        LookUpTitle = "Wo ist meine Bestellung?",
        LookUpText = "Mit ihrem Link sehen Sie alles. Ohne ihn sagen Nummer und E-Mail-Adresse, wie weit sie ist.",
        OrderNumber = "Bestellnummer",
        LookUpButton = "Nachsehen",
        LookUpLimits =
            "Zu Ihrem Schutz steht hier nicht mehr. Alles Weitere, auch das Stornieren, geht über den Link, den "
            + "Sie mit der Bestellung bekommen haben.",
        NoticeLabel = "Bescheid, wenn ich es kaufen kann",
        NoticeButton = "Bescheid geben",
        NoticeText = "Eine Mail, danach wird die Adresse gelöscht. Die erste bittet Sie um Bestätigung.",
        NoticeNoted =
            "Bitte sehen Sie in Ihre Mails: Sobald Sie dem Link darin gefolgt sind, sagen wir Ihnen, wann es das "
            + "Produkt zu kaufen gibt.",
        SafetyTitle = "Sicherheit",
        DisposalTitle = "Wenn es alt ist",
        Manufacturer = "Hersteller",
        ResponsiblePerson = "Verantwortliche Person",
        RefusedUnknownOrder = "Zu dieser Nummer und E-Mail-Adresse kennen wir keine Bestellung.",
        RefusedTries = "Das war zu oft falsch. Nach dieser Nummer lässt sich wieder fragen ab {0}.",
        RefusedEmail = "Das ist keine E-Mail-Adresse.",
        SoldOutPageTitle = "Im Moment ist alles vergriffen",
        SoldOutPageText =
            "Die Stücke dieser Charge sind alle verkauft; für Sie ist nichts zurückgelegt, und es wurde nichts "
            + "berechnet. Auf der Seite eines Produkts können Sie sich Bescheid geben lassen, wenn es wieder etwas "
            + "gibt.",

        // Sales that are held in turn.
        TakePlace = "Platz nehmen",
        InTurnBefore =
            "Verkauf der Reihe nach: Wer bis {0} einen Platz hat, wird gemischt; spätere Plätze stehen dahinter, "
            + "in der Reihenfolge, in der sie genommen wurden.",
        InTurnNow =
            "Verkauf der Reihe nach: Nehmen Sie einen Platz am Ende der Schlange und bestellen Sie, wenn Sie an "
            + "der Reihe sind.",
        TakePlaceTitle = "Einen Platz in der Schlange nehmen",
        OnePlaceEach =
            "Ein Platz je E-Mail-Adresse; die Bestellung muss dieselbe haben. Die Adresse selbst wird nicht "
            + "gespeichert, und ein Konto ist nicht nötig.",
        SaleUnits = "Stück in dieser Charge",
        SaleOpens = "Verkaufsbeginn",
        SaleDraw = "Die Reihenfolge wird gezogen",
        SalePerPlace = "Je Platz",
        OneUnit = "1 Stück",
        SomeUnits = "bis zu {0} Stück",
        SaleOrderTime = "Zeit zum Bestellen",
        SaleWaiting = "Vergebene Plätze",
        OneMinute = "1 Minute",
        SomeMinutes = "{0} Minuten",
        FairDraw =
            "Niemand kann sich einen Platz aussuchen: Die Ziehung ist an diese Zahl gebunden, die feststand, "
            + "bevor jemand einen hatte. Nach dem Verkauf kann jeder die Reihenfolge nachprüfen.",
        FairRecord = "Der Verkauf ist vorbei, und jeder kann nachprüfen, wer in welcher Reihenfolge bedient wurde:",
        FairRecordLink = "das Protokoll dieses Verkaufs",
        RegisteredTitle = "Sie sind dabei",
        RegisteredText =
            "Die Reihenfolge wird gezogen: {0}. Ob Sie früh oder spät gekommen sind, macht keinen Unterschied.",
        DrawingTitle = "Die Reihenfolge wird gezogen",
        DrawingText = "Das dauert einen Moment.",
        WaitingTitle = "Sie stehen in der Schlange",
        WaitingText = "Diese Seite hält sich selbst auf dem Laufenden und sagt Ihnen, wenn Sie an der Reihe sind.",
        WaitingForOpening = "Die Reihenfolge steht fest. Verkaufsbeginn: {0}.",
        Ahead = "{0} vor Ihnen",
        YouAreNext = "Sie sind als Nächstes an der Reihe",
        WaitAbout = "Etwa {0}",
        WaitSoon = "Weniger als eine Minute",
        ChanceCertain = "Für alle vor Ihnen und für Sie ist etwas da.",
        ChancePossible =
            "Es hängt von anderen ab: Sie bekommen etwas, wenn jemand vor Ihnen nicht kauft. Darum kann niemand "
            + "sagen, wie lange es dauert.",
        ChanceUnlikely =
            "Der Bestand reicht voraussichtlich nicht bis zu Ihnen: Vor Ihnen stehen mehr Menschen, als noch "
            + "Stücke frei werden können. Sie müssen nicht warten; gehen genug von ihnen, sind Sie an der Reihe.",
        ChanceUnknown = "Wie weit der Bestand reicht, ist noch nicht bekannt.",
        MayLeave =
            "Ihr Platz bleibt Ihrer, auch wenn der Rechner schläft oder Sie diese Seite schließen. Offen sein "
            + "muss sie, wenn Sie an der Reihe sind: Sonst gehen andere vor, und Sie sind die Nächsten, sobald Sie "
            + "zurück sind.",
        LookAgain = "Noch einmal nachsehen",
        PlaceIsKept = "Im Moment keine Verbindung. Ihr Platz ist sicher; diese Seite versucht es von selbst wieder.",
        AdmittedTitle = "Sie sind an der Reihe",
        AdmittedText =
            "Bis {0} ist etwas für Sie zurückgelegt. Bestellen Sie bis dahin, mit der E-Mail-Adresse, mit der Sie "
            + "den Platz genommen haben.",
        OnePlaceOneOrder =
            "Ein Platz ergibt eine Bestellung. Wird die Karte abgelehnt, geht das Stück an die Nächsten in der "
            + "Schlange.",
        TurnUntil =
            "Sie sind an der Reihe, bis {0}. Bitte verwenden Sie die E-Mail-Adresse, mit der Sie den Platz "
            + "genommen haben.",
        ToCalendar = "In den Kalender",
        CalendarDraw = "{0}: bis jetzt einen Platz nehmen",
        CalendarOpening = "{0}: Verkaufsbeginn",
        CalendarText = "Verkaufsbeginn: {0}. Öffnen Sie dann die Seite des Verkaufs; dort steht Ihr Platz.",
        ReminderLabel = "Erinnerung per Mail, eine Stunde vor Verkaufsbeginn",
        ReminderButton = "Erinnern",
        ReminderText =
            "Die erste Mail bittet Sie um Bestätigung; wer später bestätigt, wird sofort erinnert. Die Adresse dient nur dazu und "
            + "wird bei Verkaufsbeginn gelöscht.",
        ReminderNoted =
            "Bitte sehen Sie in Ihr Postfach: Sobald Sie dem Link in der Mail gefolgt sind, erinnern wir Sie vor Verkaufsbeginn.",
        MoreTime = "Ich brauche mehr Zeit",
        MoreTimeEach = "Gibt {0} mehr.",
        MoreTimeLeft = "Noch {0}-mal möglich.",
        MoreTimeGiven = "Sie haben jetzt mehr Zeit: bis {0}.",
        UsedTitle = "Sie haben bestellt",
        UsedText = "Dieser Platz hat seine Bestellung ergeben. Sie finden sie unter dem Link, den Sie damit bekommen haben.",
        LapsedTitle = "Die Zeit zum Bestellen ist vorbei",
        LapsedText = "Das Stück ging an die Nächsten in der Schlange. Sie können an ihrem Ende einen neuen Platz nehmen.",
        SupersededTitle = "Es gibt einen neueren Platz",
        SupersededText =
            "Mit Ihrer E-Mail-Adresse wurde seither ein anderer Platz genommen. Geben Sie die Adresse ein, dann "
            + "sehen Sie ihn.",
        OutOfReachTitle = "Ausverkauft, bevor Sie an der Reihe waren",
        OutOfReachText =
            "Nichts ist übrig, und niemand hält etwas, das zurückkommen könnte. Es wurde nichts berechnet. Danke "
            + "fürs Warten.",
        SaleOverTitle = "Dieser Verkauf ist vorbei",
        SaleOverText = "Plätze werden dafür nicht mehr vergeben.",
        RefusedInTurn = "{0} wird der Reihe nach verkauft: Bitte nehmen Sie zuerst einen Platz.",
        RefusedTicketUsed = "Dieser Platz in der Schlange hat seine Bestellung schon ergeben.",
        RefusedTicketEmail =
            "Der Platz in der Schlange wurde mit einer anderen E-Mail-Adresse genommen. Bitte bestellen Sie mit "
            + "dieser.",
        RefusedPlaces = "Aus Ihrem Netz wurden schon viele Plätze genommen. Der nächste ist in einer Weile zu haben.",
        ProofWanted =
            "Aus Ihrem Netz wurden schon viele Plätze genommen, und kein Programm soll alle bekommen. Bitte warten Sie {0}; dann nehmen Sie unten Ihren Platz.",
        ProofSolving = "Mit Ihrem Browser geht es schneller: Er löst eine kleine Aufgabe und nimmt den Platz für Sie.",
        Seconds = "{0} Sekunden",
        RefusedMoreTime = "Für diesen Platz gibt es keine weitere Zeit.",

        Promises =
        [
            ("Als Gast, in zwei Schritten", "Adresse, dann der ganze Preis. Kein Konto, kein Newsletter."),
            ("Gezählt, nicht geschätzt", "„Auf Lager“ und „ausverkauft“ kommen aus unserem Lagerbuch und nirgendwo sonst her."),
            ("Anders überlegt?", "Stornieren Sie kostenlos, bis das Paket gepackt ist; das Geld geht zurück."),
        ],
        Countries = new Dictionary<string, string>
        {
            ["US"] = "USA",
            ["GB"] = "Großbritannien",
            ["DE"] = "Deutschland",
            ["FR"] = "Frankreich",
        },
        InCountry = new Dictionary<string, string>
        {
            ["US"] = "in den USA",
            ["GB"] = "in Großbritannien",
            ["DE"] = "in Deutschland",
            ["FR"] = "in Frankreich",
        },
        BuyButtons = new Dictionary<string, string>
        {
            ["US"] = "Zahlungspflichtig bestellen",
            ["GB"] = "Zahlungspflichtig bestellen",
            ["DE"] = "Zahlungspflichtig bestellen",
            ["FR"] = "Zahlungspflichtig bestellen",
        },
        ShippingMethods = new Dictionary<string, string>
        {
            ["standard"] = "Standardversand",
            ["express"] = "Expressversand",
        },
        TestCards = new Dictionary<string, string>
        {
            ["tok_ok"] = "Eine Karte, die zahlt",
            ["tok_declined"] = "Eine Karte, die abgelehnt wird",
            ["tok_insufficient_funds"] = "Eine Karte ohne Deckung",
            ["tok_slow"] = "Eine Bank, die sich Zeit lässt",
        },
        Units = new Dictionary<string, string>
        {
            ["in"] = "Zoll",
            ["d"] = "Tage",
            ["h"] = "Stunden",
            ["GB"] = "GB",
            ["MB"] = "MB",
            ["MP"] = "MP",
            ["y"] = "Jahre",
        },
        LegalTitles = new Dictionary<string, string>
        {
            ["imprint"] = "Impressum",
            ["terms"] = "Allgemeine Geschäftsbedingungen",
            ["withdrawal"] = "Widerruf",
            ["privacy"] = "Datenschutz",
            ["accessibility"] = "Barrierefreiheit",
        },
        Statuses = new Dictionary<string, string>
        {
            ["reserved"] = "Bestellt, Ware zurückgelegt",
            ["paying"] = "Zahlung angefragt",
            ["paid"] = "Bezahlt",
            ["packed"] = "Gepackt",
            ["shipped"] = "Versandt",
            ["delivered"] = "Zugestellt",
            ["cancelled"] = "Storniert",
            ["rejected"] = "Zahlung abgelehnt",
            ["expired"] = "Nicht rechtzeitig bezahlt",
            ["refunded"] = "Geld zurückgezahlt",
        },
        Headlines = new Dictionary<string, string>
        {
            ["reserved"] = "Ihre Zahlung ist unterwegs",
            ["paying"] = "Ihre Zahlung ist unterwegs",
            ["paid"] = "Danke, es gehört Ihnen",
            ["packed"] = "Ihr Paket ist gepackt",
            ["shipped"] = "Ihr Paket ist unterwegs",
            ["delivered"] = "Ihr Paket ist angekommen",
            ["cancelled"] = "Ihre Bestellung ist storniert",
            ["rejected"] = "Die Zahlung hat nicht geklappt",
            ["expired"] = "Die Bestellung ist verfallen",
            ["refunded"] = "Sie haben Ihr Geld zurück",
        },
        Outcomes = new Dictionary<string, string>
        {
            ["paid"] = "Die Bestellung ist bezahlt und wird als Nächstes gepackt.",
            ["packed"] = "Es geht mit der nächsten Abholung auf den Weg.",
            ["shipped"] = "Es ist bald bei Ihnen.",
            ["delivered"] = "Wir wünschen viel Freude damit.",
            ["cancelled"] = "Die Ware ist wieder frei. Wurde schon Geld abgebucht, geht es auf Ihre Karte zurück.",
            ["expired"] = "Sie wurde nicht rechtzeitig bezahlt, die Ware ist wieder frei. Es wurde nichts abgebucht.",
            ["refunded"] = "Aus der Bestellung wurde nichts, und das Geld ist auf Ihre Karte zurückgegangen.",
        },
    };
}
