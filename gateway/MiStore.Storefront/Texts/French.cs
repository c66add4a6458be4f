namespace MiStore.Storefront;

static class French
{
    public static readonly Words Words = new()
    {
        // Places and forms of writing.
        LanguageName = "Français",
        DateAndTime = "{0} à {1}",
        TimeOfDay = "{0}",
        LocalTime = "{0} (heure de {1})",
        Yes = "Oui",
        No = "Non",

        // Around every page.
        SkipToContent = "Aller au contenu",
        Categories = "Catégories",
        Search = "Rechercher",
        Cart = "Panier",
        UnitsInCart = "articles dans le panier",
        Seller = "Vendeur",
        MarketAndLanguage = "Marché et langue",
        OtherMarkets = "Autres marchés",
        PracticeTitle = "Paiements d’essai",
        PracticeText =
            "Cette boutique utilise un prestataire de paiement d’essai\u202F: aucune vraie carte n’est "
            + "demandée et aucun argent ne circule.",
        ToTheStore = "Aller à la boutique",
        Store = "Boutique",
        YouAreHere = "Vous êtes ici",

        // Choosing a market.
        ChoiceTitle = "Où livrer votre commande\u202F?",
        ChoiceText =
            "Chaque marché a ses prix, ses taxes et son stock. Choisissez le vôtre\u202F; vous pourrez en "
            + "changer à tout moment.",
        ContinueTo = "Continuer\u202F: {0} · {1}",
        ChoiceOpen = "Ouvert · prix en {0}",
        ChoiceTest = "Vente test · prix en {0}",
        ChoicePaused = "En pause pour le moment",
        ChoiceSoon = "Ouvre le {0}",
        ForDevelopers = "Pour les développeurs\u202F: l’API de la boutique",

        // Home.
        HomeTitle = "Accessoires, {0}",
        HeroTitle = "De petits objets qui vous suivent chaque jour.",
        HeroText =
            "Un bracelet qui veille sur votre sommeil, de l’énergie pour la route, du son pour le trajet. "
            + "Vous voyez le prix complet avant de commander, et «\u202Fen stock\u202F» veut dire compté.",
        SeeWhatIsOnSale = "Voir ce qui est en vente",
        SeeWhatIsComing = "Voir ce qui arrive",
        PhaseOpen = "Ouvert {0}",
        PhaseTest = "Vente test {0}",
        PhasePaused = "La vente est en pause pour le moment",
        PhaseSoon = "La vente ouvre le {0}",
        OnSaleTitle = "En vente maintenant",
        ComingTitle = "Bientôt",
        PausedTitle = "En pause pour le moment",
        SoldOutTitle = "Épuisé",
        PromisesTitle = "Ce sur quoi vous pouvez compter",
        NotHereTitle = "Pas encore en vente ici, et pourquoi",
        NotHereText =
            "Certains de nos produits ne peuvent pas être vendus sur ce marché. Nous préférons le dire que "
            + "les cacher.",

        // Products.
        Products = "Produits",
        AllProducts = "Tous les produits",
        SearchTitle = "Résultats pour «\u202F{0}\u202F»",
        NothingFound =
            "Nous n’avons rien trouvé sous ces mots. Les petites fautes de frappe sont pardonnées\u202F; "
            + "essayez peut-être un autre mot.",
        From = "à partir de {0}",
        TaxIncludedLine = "TTC, hors livraison",
        TaxExcludedLine = "hors taxes et livraison",
        LowestPrice = "Prix le plus bas des 30 derniers jours\u202F: {0}",
        StateSellable = "En stock",
        StateFew = "En stock, il en reste peu",
        StateUpcoming = "Pas encore en vente",
        StateUpcomingFrom = "En vente à partir du {0}",
        StateSoldOut = "Épuisé",
        StateSoldOutUntil = "Épuisé. De nouveau en vente à partir du {0}",
        StatePaused = "La vente est en pause pour le moment",
        StateRestricted = "Pas en vente ici",
        StateNotOffered = "Non proposé ici",
        TimeLeft = "Encore {0}",
        OwnTime = "{0} chez vous",
        WhyNotHere = "Pourquoi vous ne pouvez pas encore l’acheter ici",
        ReviewOn = "Nous réexaminerons ce point le {0}.",
        LimitOne = "Un seul par client.",
        Limit = "{0} au maximum par client.",
        Quantity = "Quantité",
        AddToCart = "Ajouter au panier",
        Specifications = "Caractéristiques",

        // Cart.
        CartEmpty = "Votre panier est vide.",
        CartElsewhere =
            "Votre panier se trouve sur un autre marché\u202F: {0}. Les prix, les taxes et l’offre diffèrent "
            + "{1}. À vous de décider s’il vous suit.",
        MoveCart = "Emporter le panier\u202F: {0}",
        StayWithCart = "Rester\u202F: {0}",
        MovedTitle = "Votre panier est maintenant {0}. Voici ce qui change\u202F:",
        ChangeRepriced = "{0}\u202F: {2} au lieu de {1}",
        ChangeLimited = "{0}\u202F: {1} au maximum par client ici",
        ChangeNotSold = "{0}\u202F: ne peut pas être acheté ici actuellement",
        Each = "{0} l’unité",
        Update = "Modifier",
        Remove = "Retirer",
        Summary = "Récapitulatif",
        Subtotal = "Sous-total",
        ToCheckout = "Passer la commande",
        RemoveUnavailable = "Un article du panier ne peut pas être acheté actuellement. Retirez-le pour continuer.",
        AlreadyInCart = "Votre panier en contient déjà {0}.",
        ElsewhereTitle = "Continuer sur un autre appareil",
        ElsewhereText =
            "Ouvrez-y ce lien. Qui le possède peut voir et modifier le contenu de ce panier, et n’apprend rien d’autre sur vous.",
        LinkedCartTitle = "Un panier d’un autre appareil",
        LinkedCartText = "Voici son contenu. Rien ne se passe avant votre décision.",
        LinkedCartEmpty = "Ce panier est vide.",
        LinkedCart = "Sur l’autre appareil",
        OwnCart = "Sur cet appareil",
        TakeCart = "Continuer avec ce panier",
        TwoCartsText =
            "Cet appareil a déjà un panier. Si vous réunissez les deux, les quantités s’additionnent, et nous vous disons "
            + "où ce n’est pas possible.",
        MergeCarts = "Réunir les deux paniers",
        KeepOwnCart = "Laisser mon panier tel quel",
        MergedTitle = "Les deux paniers n’en font plus qu’un. De l’autre appareil viennent\u202F:",
        MergeConflicts = "À noter\u202F:",

        // Checkout.
        Checkout = "Commande",
        StepAddress = "Adresse",
        StepReview = "Vérifier et payer",
        AddressTitle = "Où livrer\u202F?",
        Email = "E-mail",
        FullName = "Prénom et nom",
        Line1 = "Numéro et rue",
        Line2 = "Complément d’adresse",
        Optional = "facultatif",
        City = "Ville",
        Town = "Ville",
        State = "État",
        ZipCode = "Code ZIP",
        Postcode = "Code postal",
        PostalCode = "Code postal",
        DeliversTo = "Aucun compte n’est nécessaire. Cette boutique ne livre que sur ce marché\u202F: {0}.",
        ToReview = "Continuer",
        FillGaps = "Il manque quelque chose. Veuillez vérifier les champs signalés.",
        ReviewTitle = "Vérifier et payer",
        DeliverTo = "Livraison à",
        Change = "Modifier",
        ShippingTitle = "Mode de livraison",
        OneDay = "1 jour ouvré",
        SomeDays = "{0} jours ouvrés",
        DaysRange = "{0} à {1} jours ouvrés",
        Free = "offerte",
        PaymentTitle = "Paiement",
        Shipping = "Livraison",
        Total = "Total",
        TaxWithin = "Dont {0}",
        PriceHoldsUntil = "Ce prix est valable jusqu’à {0}.",
        HoldPrice = "Le prolonger",
        RetryTitle = "Nous ne savons pas encore si votre commande est arrivée",
        RetryText =
            "La connexion s’est interrompue, ou les acheteurs sont très nombreux en ce moment. "
            + "Renvoyez-la\u202F: c’est la même commande, elle ne peut être ni passée ni payée deux fois.",
        RetryButton = "Renvoyer",
        OrderedTitle = "Ce panier a déjà été commandé",
        OrderedText =
            "Un panier donne une seule commande\u202F: rien n’a été commandé deux fois. Vous trouverez la "
            + "commande dans l’autre fenêtre, à son propre lien.",

        // Orders.
        OrderTitle = "Commande {0}",
        Timeline = "Ce qui s’est passé",
        OrderWaiting =
            "Nous attendons la réponse de votre paiement. Les articles vous sont réservés jusqu’au {0}\u202F; "
            + "cette page se met à jour d’elle-même.",
        KeepTheLink = "Conservez l’adresse de cette page\u202F: elle ouvre votre commande à quiconque la possède.",
        CancelOrder = "Annuler la commande",
        CancelText = "Sans frais tant qu’elle n’est pas emballée\u202F; l’argent revient sur votre carte.",
        OrderAgain = "Remettre dans le panier",

        // What the store refuses.
        ThisProduct = "Ce produit",
        RefusedNotSold = "{0} n’est pas vendu sur ce marché.",
        RefusedLimit = "{0}\u202F: chaque client peut en acheter {1} au maximum.",
        RefusedLimitOne = "{0}\u202F: un seul par client.",
        RefusedNotYet = "{0} n’est pas encore en vente.",
        RefusedNotYetFrom = "{0} n’est pas encore en vente. La vente commence le {1}.",
        RefusedPaused = "La vente est en pause pour le moment. Votre panier reste tel quel.",
        RefusedProductPaused = "La vente de ce produit est en pause pour le moment\u202F: {0}. Votre panier reste tel quel.",
        RefusedSoldOut = "{0} vient d’être épuisé. Rien n’a été commandé et rien ne sera débité.",
        RefusedTooFew = "{0}\u202F: il n’en reste que {1}. Veuillez en commander moins.",
        RefusedQuantity = "La quantité va de 1 à 99.",
        RefusedCartFull = "Le panier est plein.",
        RefusedUnknown = "Nous n’avons pas ce produit.",
        RefusedUnknownCart =
            "Ce panier n’existe plus. Il est peut-être resté trop longtemps sans changement, ou le lien n’est pas complet.",
        RefusedPriceChanged =
            "Un prix a changé entre-temps. Rien n’a été commandé\u202F; le récapitulatif ci-dessous montre ce "
            + "qui vaut maintenant.",
        RefusedQuoteExpired =
            "L’offre avait expiré\u202F: rien n’a été commandé. En voici une nouvelle\u202F; veuillez la "
            + "relire.",
        RefusedDestination =
            "Nous ne pouvons pas livrer à cette adresse. Veuillez vérifier le code postal et, le cas échéant, "
            + "l’État.",
        RefusedAddress = "Quelque chose ne va pas dans votre saisie. Veuillez la relire.",
        RefusedTooLate = "La commande ne peut plus être annulée.",
        RefusedBusy = "La boutique est très sollicitée en ce moment. Rien n’a été modifié\u202F; veuillez réessayer.",
        Declined = "La carte a été refusée. Rien n’a été débité\u202F; vous pouvez essayer une autre carte.",
        DeclinedFunds =
            "La provision de la carte était insuffisante. Rien n’a été débité\u202F; vous pouvez essayer une "
            + "autre carte.",

        // When a page cannot be shown.
        NotFoundTitle = "Cette page n’existe pas",
        NotFoundText = "L’adresse est peut-être mal saisie, ou le produit n’est pas présenté sur ce marché.",
        BusyTitle = "Un instant, s’il vous plaît",
        BusyText =
            "Une partie de la boutique ne répond pas en ce moment. Votre panier est conservé\u202F; veuillez "
            + "réessayer dans quelques secondes.",
        ForeignFormTitle = "Ce formulaire ne vient pas d’ici",
        ForeignFormText = "Rien n’a été modifié. Veuillez rouvrir la page et envoyer le formulaire depuis celle-ci.",
        LineLost =
            "La connexion a été coupée. Rien de ce que vous avez saisi n’est perdu ; veuillez l’envoyer de "
            + "nouveau. Une commande n’est jamais passée deux fois.",
        FaultTitle = "C’est notre faute",
        FaultText = "Une erreur s’est produite ici et a été consignée. Veuillez réessayer.",

        // Legal texts, safety, notices and finding an order again.
        LegalVersion = "Version {0} du {1}",
        LegalTitle = "Conditions et informations",
        AcceptTerms = "En commandant, vous acceptez les conditions générales de vente, version {0}.",
        AcceptedTerms = "Conditions générales acceptées\u202F: version {0}",
        YourOrders = "Votre commande",
        WithdrawFromContract = "Renoncer au contrat",
        LookUpTitle = "Où en est ma commande ?",
        LookUpText = "Son lien vous montre tout. Sans lui, le numéro et l’e-mail disent où elle en est.",
        OrderNumber = "Numéro de commande",
        LookUpButton = "Consulter",
        LookUpLimits =
            "Pour vous protéger, rien d’autre n’est montré ici. Tout le reste, l’annulation comprise, se fait par "
            + "le lien reçu avec la commande.",
        NoticeLabel = "Me prévenir quand je pourrai l’acheter",
        NoticeButton = "Me prévenir",
        NoticeText = "Un seul e-mail, puis l’adresse est effacée. Le premier vous demande de confirmer.",
        NoticeNoted =
            "Consultez votre messagerie : dès que vous aurez suivi le lien reçu, nous vous dirons quand le "
            + "produit peut être acheté.",
        SafetyTitle = "Sécurité",
        DisposalTitle = "En fin de vie",
        Manufacturer = "Fabricant",
        ResponsiblePerson = "Personne responsable",
        RefusedUnknownOrder = "Nous ne connaissons pas de commande à ce numéro avec cet e-mail.",
        RefusedTries = "Trop d’essais erronés. Ce numéro peut être consulté de nouveau à partir de {0}.",
        RefusedEmail = "Ce n’est pas une adresse e-mail.",
        SoldOutPageTitle = "Tout est épuisé pour l’instant",
        SoldOutPageText =
            "Les articles de ce lot sont tous vendus ; rien ne vous est réservé et rien n’a été débité. Sur la "
            + "page d’un produit, vous pouvez demander à être prévenu quand il y en aura d’autres.",

        // Sales that are held in turn.
        TakePlace = "Prendre une place",
        InTurnBefore =
            "Vente à tour de rôle\u202F: qui a une place avant le {0} participe au tirage\u202F; les places "
            + "suivantes se rangent derrière, dans l’ordre où elles ont été prises.",
        InTurnNow = "Vente à tour de rôle\u202F: prenez une place en fin de file et commandez quand vient votre tour.",
        TakePlaceTitle = "Prendre une place dans la file",
        OnePlaceEach =
            "Une place par adresse e-mail\u202F; la commande doit porter la même. L’adresse elle-même n’est pas "
            + "conservée, et aucun compte n’est nécessaire.",
        SaleUnits = "Articles dans ce lot",
        SaleOpens = "Début de la vente",
        SaleDraw = "Tirage de l’ordre",
        SalePerPlace = "Par place",
        OneUnit = "1 article",
        SomeUnits = "{0} articles au plus",
        SaleOrderTime = "Temps pour commander",
        SaleWaiting = "Places prises",
        OneMinute = "1 minute",
        SomeMinutes = "{0} minutes",
        FairDraw =
            "Nul ne choisit sa place\u202F: le tirage est lié à ce nombre, publié avant que quiconque en ait une. "
            + "Après la vente, chacun peut vérifier l’ordre.",
        FairRecord = "La vente est terminée\u202F; chacun peut vérifier qui a été servi, et dans quel ordre\u202F:",
        FairRecordLink = "le registre de cette vente",
        RegisteredTitle = "Vous participez au tirage",
        RegisteredText = "L’ordre est tiré au sort le {0}. Être arrivé tôt ou tard ne change rien.",
        DrawingTitle = "L’ordre est en cours de tirage",
        DrawingText = "Cela prend un instant.",
        WaitingTitle = "Vous êtes dans la file",
        WaitingText = "Cette page se tient à jour d’elle-même et vous prévient quand vient votre tour.",
        WaitingForOpening = "L’ordre est tiré. La vente commence le {0}.",
        Ahead = "{0} devant vous",
        YouAreNext = "Vous êtes le prochain",
        WaitAbout = "Environ {0}",
        WaitSoon = "Moins d’une minute",
        ChanceCertain = "Il y en a pour tous ceux qui vous précèdent, et pour vous.",
        ChancePossible =
            "Cela dépend des autres\u202F: vous en aurez un si quelqu’un devant vous n’achète pas le sien. Nul ne "
            + "peut donc dire combien de temps cela prendra.",
        ChanceUnlikely =
            "Le stock n’ira sans doute pas jusqu’à vous\u202F: il y a devant vous plus de monde que d’articles "
            + "encore à libérer. Inutile d’attendre\u202F; si assez de personnes renoncent, ce sera votre tour.",
        ChanceUnknown = "On ne sait pas encore jusqu’où ira le stock.",
        MayLeave =
            "Votre place reste la vôtre, même si l’appareil se met en veille ou si vous fermez cette page. Elle "
            + "doit être ouverte quand vient votre tour\u202F: sinon d’autres passent, et vous êtes le prochain dès "
            + "votre retour.",
        LookAgain = "Actualiser",
        PlaceIsKept = "Pas de connexion pour l’instant. Votre place est conservée\u202F; cette page réessaie d’elle-même.",
        AdmittedTitle = "C’est votre tour",
        AdmittedText =
            "Un article vous est réservé jusqu’à {0}. Commandez d’ici là, avec l’adresse e-mail donnée pour la "
            + "place.",
        OnePlaceOneOrder = "Une place donne une commande. Si la carte est refusée, l’article va au suivant dans la file.",
        TurnUntil = "C’est votre tour, jusqu’à {0}. Veuillez utiliser l’adresse e-mail donnée pour la place.",
        ToCalendar = "Ajouter au calendrier",
        CalendarDraw = "{0}\u202F: dernier moment pour prendre une place",
        CalendarOpening = "{0}\u202F: début de la vente",
        CalendarText = "La vente commence le {0}. Ouvrez alors la page de la vente\u202F; votre place y est.",
        ReminderLabel = "Rappel par e-mail, une heure avant le début de la vente",
        ReminderButton = "Me le rappeler",
        ReminderText =
            "Le premier e-mail vous demande de confirmer\u202F; passé cette heure, le rappel part aussitôt. L’adresse ne sert qu’à "
            + "cela et est effacée au début de la vente.",
        ReminderNoted =
            "Veuillez consulter votre messagerie\u202F: une fois le lien suivi, nous vous écrirons avant le début de la vente.",
        MoreTime = "Il me faut plus de temps",
        MoreTimeEach = "Ajoute {0}.",
        MoreTimeLeft = "Encore possible\u202F: {0} fois.",
        MoreTimeGiven = "Vous avez maintenant plus de temps\u202F: jusqu’à {0}.",
        UsedTitle = "Vous avez commandé",
        UsedText = "Cette place a donné sa commande. Vous la retrouvez par le lien reçu avec elle.",
        LapsedTitle = "Le temps pour commander est écoulé",
        LapsedText = "L’article est allé au suivant dans la file. Vous pouvez y reprendre une place, à la fin.",
        SupersededTitle = "Il existe une place plus récente",
        SupersededText = "Une autre place a été prise depuis avec votre adresse e-mail. Saisissez l’adresse pour la voir.",
        OutOfReachTitle = "Épuisé avant votre tour",
        OutOfReachText =
            "Il ne reste rien, et personne ne détient d’article qui pourrait revenir. Rien n’a été débité. Merci "
            + "d’avoir attendu.",
        SaleOverTitle = "Cette vente est terminée",
        SaleOverText = "Elle ne donne plus de places.",
        RefusedInTurn = "{0} se vend à tour de rôle\u202F: veuillez d’abord prendre une place.",
        RefusedTicketUsed = "Cette place dans la file a déjà donné sa commande.",
        RefusedTicketEmail =
            "La place dans la file a été prise avec une autre adresse e-mail. Veuillez commander avec celle-ci.",
        ProofWanted =
            "Beaucoup de places ont été prises depuis votre réseau, et aucun programme ne doit les avoir toutes. Patientez {0}, puis prenez votre place ci-dessous.",
        ProofSolving = "Votre navigateur va plus vite\u202F: il résout un petit calcul et prend la place pour vous.",
        Seconds = "{0} secondes",
        RefusedPlaces =
            "Beaucoup de places ont été prises depuis votre réseau. La prochaine sera disponible dans un moment.",
        RefusedMoreTime = "Cette place ne peut plus être prolongée.",

        Promises =
        [
            ("Sans compte, en deux écrans", "L’adresse, puis le prix complet. Ni compte, ni lettre d’information."),
            ("Compté, pas estimé", "«\u202FEn stock\u202F» et «\u202Fépuisé\u202F» viennent de notre registre de stock, et de nulle part ailleurs."),
            ("Changé d’avis\u202F?", "Annulez sans frais tant que le colis n’est pas emballé\u202F; l’argent vous revient."),
        ],
        Countries = new Dictionary<string, string>
        {
            ["US"] = "États-Unis",
            ["GB"] = "Royaume-Uni",
            ["DE"] = "Allemagne",
            ["FR"] = "France",
        },
        InCountry = new Dictionary<string, string>
        {
            ["US"] = "aux États-Unis",
            ["GB"] = "au Royaume-Uni",
            ["DE"] = "en Allemagne",
            ["FR"] = "en France",
        },
        BuyButtons = new Dictionary<string, string>
        {
            ["US"] = "Commande avec obligation de paiement",
            ["GB"] = "Commande avec obligation de paiement",
            ["DE"] = "Commande avec obligation de paiement",
            ["FR"] = "Commande avec obligation de paiement",
        },
        ShippingMethods = new Dictionary<string, string>
        {
            ["standard"] = "Livraison standard",
            ["express"] = "Livraison express",
        },
        TestCards = new Dictionary<string, string>
        {
            ["tok_ok"] = "Une carte qui paie",
            ["tok_declined"] = "Une carte refusée",
            ["tok_insufficient_funds"] = "Une carte sans provision",
            ["tok_slow"] = "Une banque qui prend son temps",
        },
        Units = new Dictionary<string, string>
        {
            ["in"] = "pouces",
            ["d"] = "jours",
            ["h"] = "heures",
            ["GB"] = "Go",
            ["MB"] = "Mo",
            ["MP"] = "Mpx",
            ["y"] = "ans",
        },
        LegalTitles = new Dictionary<string, string>
        {
            ["imprint"] = "Mentions légales",
            ["terms"] = "Conditions générales de vente",
            ["withdrawal"] = "Droit de rétractation",
            ["privacy"] = "Confidentialité",
            ["accessibility"] = "Accessibilité",
        },
        Statuses = new Dictionary<string, string>
        {
            ["reserved"] = "Commandée, articles réservés",
            ["paying"] = "Paiement demandé",
            ["paid"] = "Payée",
            ["packed"] = "Emballée",
            ["shipped"] = "Expédiée",
            ["delivered"] = "Livrée",
            ["cancelled"] = "Annulée",
            ["rejected"] = "Paiement refusé",
            ["expired"] = "Non payée à temps",
            ["refunded"] = "Remboursée",
        },
        Headlines = new Dictionary<string, string>
        {
            ["reserved"] = "Votre paiement est en cours",
            ["paying"] = "Votre paiement est en cours",
            ["paid"] = "Merci, c’est à vous",
            ["packed"] = "Votre colis est prêt",
            ["shipped"] = "Votre colis est en route",
            ["delivered"] = "Votre colis est arrivé",
            ["cancelled"] = "Votre commande est annulée",
            ["rejected"] = "Le paiement n’a pas abouti",
            ["expired"] = "La commande a expiré",
            ["refunded"] = "Vous êtes remboursé",
        },
        Outcomes = new Dictionary<string, string>
        {
            ["paid"] = "La commande est payée et sera bientôt emballée.",
            ["packed"] = "Il part avec la prochaine collecte.",
            ["shipped"] = "Il sera bientôt chez vous.",
            ["delivered"] = "Nous vous souhaitons bien du plaisir.",
            ["cancelled"] =
                "Les articles sont de nouveau disponibles. Si un débit a eu lieu, l’argent revient sur votre carte.",
            ["expired"] =
                "Elle n’a pas été payée à temps\u202F: les articles sont de nouveau disponibles. Rien n’a été débité.",
            ["refunded"] = "La commande n’a pas abouti, et l’argent est revenu sur votre carte.",
        },
    };
}
