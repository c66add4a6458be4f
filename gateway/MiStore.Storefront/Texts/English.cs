namespace MiStore.Storefront;

static class English
{
    public static readonly Words Words = new()
    {
        // Places and forms of writing.
        LanguageName = "English",
        DateAndTime = "{0}, {1}",
        TimeOfDay = "{0}",
        LocalTime = "{0} ({1} time)",
        Yes = "Yes",
        No = "No",

        // Around every page.
        SkipToContent = "Skip to content",
        Categories = "Categories",
        Search = "Search",
        Cart = "Cart",
        UnitsInCart = "units in the cart",
        Seller = "Sold by",
        MarketAndLanguage = "Market and language",
        OtherMarkets = "Other markets",
        PracticeTitle = "Test payments",
        PracticeText =
            "This store runs with a practice payment provider: no real card is asked for and no money moves.",
        ToTheStore = "To the store",
        Store = "Store",
        YouAreHere = "You are here",

        // Choosing a market.
        ChoiceTitle = "Where shall we deliver?",
        ChoiceText = "Each market has its own prices, taxes and stock. Choose yours; you can change it at any time.",
        ContinueTo = "Continue: {0} · {1}",
        ChoiceOpen = "Open · prices in {0}",
        ChoiceTest = "Test sale · prices in {0}",
        ChoicePaused = "Paused for the moment",
        ChoiceSoon = "Opens on {0}",
        ForDevelopers = "For developers: the store’s API",

        // Home.
        HomeTitle = "Accessories, {0}",
        HeroTitle = "Small things that come along every day.",
        HeroText =
            "A band that watches over your sleep, power for the road, sound for the way. You see the whole "
            + "price before you order, and in stock means counted.",
        SeeWhatIsOnSale = "See what is on sale",
        SeeWhatIsComing = "See what is coming",
        PhaseOpen = "Open {0}",
        PhaseTest = "Test sale {0}",
        PhasePaused = "The sale is paused for the moment",
        PhaseSoon = "The sale opens on {0}",
        OnSaleTitle = "On sale now",
        ComingTitle = "Coming",
        PausedTitle = "Paused for the moment",
        SoldOutTitle = "Sold out",
        PromisesTitle = "What you can count on",
        NotHereTitle = "Not sold here yet, and why",
        NotHereText = "Some of our products may not be sold in this market. We would rather say so than hide them.",

        // Products.
        Products = "Products",
        AllProducts = "All products",
        SearchTitle = "Results for “{0}”",
        NothingFound =
            "We found nothing under these words. Small typing errors are forgiven; perhaps another word "
            + "helps.",
        From = "from {0}",
        TaxIncludedLine = "incl. VAT, plus shipping",
        TaxExcludedLine = "plus sales tax and shipping",
        LowestPrice = "Lowest price of the last 30 days: {0}",
        StateSellable = "In stock",
        StateFew = "In stock, few left",
        StateUpcoming = "Not on sale yet",
        StateUpcomingFrom = "On sale from {0}",
        StateSoldOut = "Sold out",
        StateSoldOutUntil = "Sold out. More from {0}",
        StatePaused = "The sale is paused for the moment",
        StateRestricted = "Not sold here",
        StateNotOffered = "Not offered here",
        TimeLeft = "{0} left",
        OwnTime = "{0} where you are",
        WhyNotHere = "Why you cannot buy it here yet",
        ReviewOn = "We look at this again on {0}.",
        LimitOne = "One for each customer.",
        Limit = "At most {0} for each customer.",
        Quantity = "Quantity",
        AddToCart = "Add to cart",
        Specifications = "Specifications",

        // Cart.
        CartEmpty = "Your cart is empty.",
        CartElsewhere =
            "Your cart is in another market: {0}. Prices, taxes and what is sold differ {1}. You decide "
            + "whether it comes along.",
        MoveCart = "Take the cart along: {0}",
        StayWithCart = "Stay: {0}",
        MovedTitle = "Your cart is now {0}. This has changed:",
        ChangeRepriced = "{0}: {2} instead of {1}",
        ChangeLimited = "{0}: at most {1} for each customer here",
        ChangeNotSold = "{0}: cannot be bought here now",
        Each = "{0} each",
        Update = "Update",
        Remove = "Remove",
        Summary = "Summary",
        Subtotal = "Subtotal",
        ToCheckout = "To checkout",
        RemoveUnavailable = "Something in the cart cannot be bought now. Remove it to go on.",
        AlreadyInCart = "There are {0} in your cart already.",
        ElsewhereTitle = "Continue on another device",
        ElsewhereText = "Open this link there. Whoever has it can see and change what is in this cart, and learns nothing else of you.",
        LinkedCartTitle = "A cart from another device",
        LinkedCartText = "This is what is in it. Nothing happens to it until you decide.",
        LinkedCartEmpty = "There is nothing in this cart.",
        LinkedCart = "From the other device",
        OwnCart = "On this device",
        TakeCart = "Go on with this cart",
        TwoCartsText =
            "This device has a cart of its own. If you make one of the two, what is in both is added up, and we say where that cannot be.",
        MergeCarts = "Put both into one cart",
        KeepOwnCart = "Leave my cart as it is",
        MergedTitle = "Both carts are one now. From the other device came:",
        MergeConflicts = "Please note:",

        // Checkout.
        Checkout = "Checkout",
        StepAddress = "Address",
        StepReview = "Review and pay",
        AddressTitle = "Where shall it go?",
        Email = "E-mail",
        FullName = "Full name",
        Line1 = "Street and number",
        Line2 = "Apartment, floor, company",
        Optional = "optional",
        City = "City",
        Town = "Town or city",
        State = "State",
        ZipCode = "ZIP code",
        Postcode = "Postcode",
        PostalCode = "Postal code",
        DeliversTo = "No account is needed. This store delivers within this market only: {0}.",
        ToReview = "Continue",
        FillGaps = "Something is missing. Please look at the marked fields.",
        ReviewTitle = "Review and pay",
        DeliverTo = "Delivery to",
        Change = "Change",
        ShippingTitle = "Shipping method",
        OneDay = "1 working day",
        SomeDays = "{0} working days",
        DaysRange = "{0} to {1} working days",
        Free = "free",
        PaymentTitle = "Payment",
        Shipping = "Shipping",
        Total = "Total",
        TaxWithin = "Includes {0}",
        PriceHoldsUntil = "This price holds until {0}.",
        HoldPrice = "Hold it anew",
        RetryTitle = "We do not know yet whether your order arrived",
        RetryText =
            "The line broke, or many are buying at this moment. Please send it once more: it is the same "
            + "order, and it cannot be placed or paid twice.",
        RetryButton = "Send again",
        OrderedTitle = "This cart has been ordered already",
        OrderedText =
            "One cart makes one order, so nothing was ordered twice. You will find the order in the other "
            + "window, under its own link.",

        // Orders.
        OrderTitle = "Order {0}",
        Timeline = "What has happened so far",
        OrderWaiting =
            "We are waiting for the answer of your payment. The goods are held for you until {0}; this page "
            + "looks again by itself.",
        KeepTheLink = "Keep the address of this page: it opens your order, for whoever has it.",
        CancelOrder = "Cancel the order",
        CancelText = "Free of charge until it is packed; the money goes back to your card.",
        OrderAgain = "Put it in the cart again",

        // What the store refuses.
        ThisProduct = "This product",
        RefusedNotSold = "{0} is not sold in this market.",
        RefusedLimit = "{0}: one customer may buy at most {1}.",
        RefusedLimitOne = "{0}: one for each customer.",
        RefusedNotYet = "{0} is not on sale yet.",
        RefusedNotYetFrom = "{0} is not on sale yet. The sale begins on {1}.",
        RefusedPaused = "The sale is paused for the moment. Your cart stays as it is.",
        RefusedProductPaused = "The sale of this product is paused for the moment: {0}. Your cart stays as it is.",
        RefusedSoldOut = "{0} has just sold out. Nothing was ordered and nothing will be charged.",
        RefusedTooFew = "{0}: only {1} are left. Please order fewer.",
        RefusedQuantity = "A quantity is from 1 to 99.",
        RefusedCartFull = "The cart is full.",
        RefusedUnknown = "We do not have this product.",
        RefusedUnknownCart = "This cart is no longer there. It may have been left alone for too long, or the link is not complete.",
        RefusedPriceChanged =
            "A price has changed in the meantime. Nothing was ordered; the summary below shows what holds "
            + "now.",
        RefusedQuoteExpired =
            "The offer had run out, so nothing was ordered. Below is a new one; please look at it once more.",
        RefusedDestination =
            "We cannot deliver to this address. Please look at the postal code and, where there is one, the "
            + "state.",
        RefusedAddress = "Something in what you entered is not right. Please look at it once more.",
        RefusedTooLate = "The order can no longer be cancelled.",
        RefusedBusy = "The store is very busy at this moment. Nothing was changed; please try again.",
        Declined = "The card was declined. Nothing was charged; you can try another card.",
        DeclinedFunds = "There was not enough money behind the card. Nothing was charged; you can try another card.",

        // When a page cannot be shown.
        NotFoundTitle = "This page does not exist",
        NotFoundText = "Perhaps the address is mistyped, or the product is not shown in this market.",
        BusyTitle = "One moment, please",
        BusyText =
            "A part of the store does not answer at this moment. Your cart is safe; please try again in a few "
            + "seconds.",
        ForeignFormTitle = "This form did not come from here",
        ForeignFormText = "Nothing was changed. Please open the page again and send the form from there.",
        LineLost =
            "The line broke. Nothing you entered is lost; please send it again. An order is never placed twice.",
        FaultTitle = "That was our mistake",
        FaultText = "Something went wrong here and has been written down. Please try again.",

        // Legal texts, safety, notices and finding an order again.
        LegalVersion = "Version {0}, {1}",
        LegalTitle = "Terms and information",
        AcceptTerms = "With your order you accept the terms of sale, version {0}.",
        AcceptedTerms = "Terms of sale that were accepted: version {0}",
        YourOrders = "Your order",
        WithdrawFromContract = "Withdraw from a contract",
        LookUpTitle = "Where is my order?",
        LookUpText =
            "You have its link: then it shows everything. Without it, number and e-mail address tell where the "
            + "order stands.",
        OrderNumber = "Order number",
        LookUpButton = "Look it up",
        LookUpLimits =
            "To protect you, nothing more is shown here. Everything else, cancelling included, is behind the link "
            + "that you got with the order.",
        NoticeLabel = "Tell me when I can buy it",
        NoticeButton = "Tell me",
        NoticeText = "One mail, and the address is deleted after it. The first one asks you to confirm.",
        NoticeNoted =
            "Please look into your mail: once you have followed the link in it, we tell you when the product can "
            + "be bought.",
        SafetyTitle = "Safety",
        DisposalTitle = "When it is old",
        Manufacturer = "Manufacturer",
        ResponsiblePerson = "Responsible person",
        RefusedUnknownOrder = "We know no order of this number with this e-mail address.",
        RefusedTries = "That was wrong too often. This number can be asked for again from {0}.",
        RefusedEmail = "That is not an e-mail address.",
        SoldOutPageTitle = "Everything is gone for now",
        SoldOutPageText =
            "The units of this batch are all sold; nothing is held for you and nothing was charged. On the page "
            + "of a product you can have yourself told when there is more.",

        // Sales that are held in turn.
        TakePlace = "Take a place",
        InTurnBefore =
            "Sold in turn: whoever has a place by {0} is in the draw, and later places stand behind it in the "
            + "order in which they were taken.",
        InTurnNow = "Sold in turn: take a place at the end of the line, and order when it is your turn.",
        TakePlaceTitle = "Take a place in the line",
        OnePlaceEach =
            "One place for each e-mail address; the order must have the same one. The address itself is not kept, "
            + "and no account is needed.",
        SaleUnits = "Units in this batch",
        SaleOpens = "The sale opens",
        SaleDraw = "The order is drawn",
        SalePerPlace = "For each place",
        OneUnit = "1 unit",
        SomeUnits = "up to {0} units",
        SaleOrderTime = "Time to order",
        SaleWaiting = "Places taken",
        OneMinute = "1 minute",
        SomeMinutes = "{0} minutes",
        FairDraw =
            "Nobody can choose a place: the draw is bound to this number, published before anyone had one. When "
            + "the sale is over, everybody can check the order.",
        FairRecord = "The sale is over, and everybody can check who was served, and in which order:",
        FairRecordLink = "the record of this sale",
        RegisteredTitle = "You are in the draw",
        RegisteredText = "The order is drawn on {0}. Whether you came early or late makes no difference.",
        DrawingTitle = "The order is being drawn",
        DrawingText = "This takes a moment.",
        WaitingTitle = "You are in the line",
        WaitingText = "This page keeps itself up to date and tells you when it is your turn.",
        WaitingForOpening = "The order is drawn. The sale opens on {0}.",
        Ahead = "{0} before you",
        YouAreNext = "You are next",
        WaitAbout = "About {0}",
        WaitSoon = "Less than a minute",
        ChanceCertain = "There is a unit for everybody before you, and for you.",
        ChancePossible =
            "It depends on others: you get a unit when somebody before you does not buy theirs. So nobody can say "
            + "how long it takes.",
        ChanceUnlikely =
            "The stock will most likely not reach you: more people are before you than units can still come free. "
            + "You need not wait; should enough of them leave, it is your turn.",
        ChanceUnknown = "How far the stock will reach is not known yet.",
        MayLeave =
            "Your place stays yours, also when the computer sleeps or you close this page. But it has to be open "
            + "when it is your turn: others go first meanwhile, and you are next when you are back.",
        LookAgain = "Look again",
        PlaceIsKept = "No connection at the moment. Your place is safe; this page tries again by itself.",
        AdmittedTitle = "It is your turn",
        AdmittedText =
            "A unit is held for you until {0}. Order by then, with the e-mail address with which you took the "
            + "place.",
        OnePlaceOneOrder = "A place makes one order. Should the card be declined, the unit goes to the next in the line.",
        TurnUntil = "It is your turn, until {0}. Please use the e-mail address with which you took the place.",
        ToCalendar = "Add to calendar",
        CalendarDraw = "{0}: take a place by now",
        CalendarOpening = "{0}: the sale opens",
        CalendarText = "The sale opens on {0}. Have the page of the sale open then; your place is kept there.",
        ReminderLabel = "Reminder by mail, an hour before the sale opens",
        ReminderButton = "Remind me",
        ReminderText =
            "The first mail asks you to confirm; whoever does so later than that is reminded at once. The address is kept for "
            + "this alone, and deleted when the sale opens.",
        ReminderNoted = "Please look into your mail: once you have followed the link in it, we remind you before the sale opens.",
        MoreTime = "I need more time",
        MoreTimeEach = "Gives {0} more.",
        MoreTimeLeft = "Uses left: {0}.",
        MoreTimeGiven = "You have more time now: until {0}.",
        UsedTitle = "You have ordered",
        UsedText = "This place has made its order. The order is under the link that you got with it.",
        LapsedTitle = "The time to order is over",
        LapsedText = "The unit has gone to the next in the line. You may take a new place at the end of it.",
        SupersededTitle = "There is a newer place",
        SupersededText = "With your e-mail address another place was taken since. Enter the address, and you see that one.",
        OutOfReachTitle = "Sold out before it was your turn",
        OutOfReachText =
            "Nothing is left, and nobody holds anything that could come back. Nothing was charged. Thank you for "
            + "waiting.",
        SaleOverTitle = "This sale is over",
        SaleOverText = "No more places are given for it.",
        RefusedInTurn = "{0} is sold in turn: please take a place first.",
        RefusedTicketUsed = "This place in the line has made its order already.",
        RefusedTicketEmail = "The place in the line was taken with another e-mail address. Please order with that one.",
        RefusedPlaces = "Many places have been taken from your network. The next one can be had in a while.",
        ProofWanted = "Many places have been taken from your network, and no program should take them all. Please wait {0}, then take your place below.",
        ProofSolving = "Your browser makes it quicker: it solves a small puzzle and takes the place for you.",
        Seconds = "{0} seconds",
        RefusedMoreTime = "There is no more time to be had for this place.",

        Promises =
        [
            ("Guest checkout, two screens", "Address, then the whole price. No account, no newsletter."),
            ("Counted, not guessed", "“In stock” and “sold out” come from our stock ledger and from nowhere else."),
            ("Changed your mind?", "Cancel free of charge until the parcel is packed; the money goes back."),
        ],
        Countries = new Dictionary<string, string>
        {
            ["US"] = "United States",
            ["GB"] = "United Kingdom",
            ["DE"] = "Germany",
            ["FR"] = "France",
        },
        InCountry = new Dictionary<string, string>
        {
            ["US"] = "in the United States",
            ["GB"] = "in the United Kingdom",
            ["DE"] = "in Germany",
            ["FR"] = "in France",
        },
        BuyButtons = new Dictionary<string, string>
        {
            ["US"] = "Buy now",
            ["GB"] = "Pay now",
            ["DE"] = "Order with obligation to pay",
            ["FR"] = "Order with obligation to pay",
        },
        ShippingMethods = new Dictionary<string, string>
        {
            ["standard"] = "Standard delivery",
            ["express"] = "Express delivery",
        },
        TestCards = new Dictionary<string, string>
        {
            ["tok_ok"] = "A card that pays",
            ["tok_declined"] = "A card that is declined",
            ["tok_insufficient_funds"] = "A card without enough money",
            ["tok_slow"] = "A bank that takes its time",
        },
        Units = new Dictionary<string, string>
        {
            ["in"] = "in",
            ["d"] = "days",
            ["h"] = "hours",
            ["GB"] = "GB",
            ["MB"] = "MB",
            ["MP"] = "MP",
            ["y"] = "years",
        },
        LegalTitles = new Dictionary<string, string>
        {
            ["imprint"] = "Who runs this store",
            ["terms"] = "Terms of sale",
            ["withdrawal"] = "Withdrawal and returns",
            ["privacy"] = "Privacy",
            ["accessibility"] = "Accessibility",
        },
        Statuses = new Dictionary<string, string>
        {
            ["reserved"] = "Ordered, goods held for you",
            ["paying"] = "Payment requested",
            ["paid"] = "Paid",
            ["packed"] = "Packed",
            ["shipped"] = "Shipped",
            ["delivered"] = "Delivered",
            ["cancelled"] = "Cancelled",
            ["rejected"] = "Payment declined",
            ["expired"] = "Not paid in time",
            ["refunded"] = "Money returned",
        },
        Headlines = new Dictionary<string, string>
        {
            ["reserved"] = "Your payment is on its way",
            ["paying"] = "Your payment is on its way",
            ["paid"] = "Thank you, it is yours",
            ["packed"] = "Your parcel is packed",
            ["shipped"] = "Your parcel is on its way",
            ["delivered"] = "Your parcel has arrived",
            ["cancelled"] = "Your order is cancelled",
            ["rejected"] = "The payment did not work",
            ["expired"] = "The order has lapsed",
            ["refunded"] = "You have your money back",
        },
        Outcomes = new Dictionary<string, string>
        {
            ["paid"] = "The order is paid and will be packed next.",
            ["packed"] = "It leaves with the next collection.",
            ["shipped"] = "It will be with you soon.",
            ["delivered"] = "We hope you enjoy it.",
            ["cancelled"] = "The goods are free again. If money had been taken, it goes back to your card.",
            ["expired"] = "It was not paid in time, so the goods are free again. Nothing was charged.",
            ["refunded"] = "The order came to nothing, and the money has gone back to your card.",
        },
    };
}
