using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;
using Autocoder.Core.Specs.Interviews;
using Xunit.Abstractions;
using static Autocoder.Tests.Specs.SpecPerson;

namespace Autocoder.Tests.Specs;

public sealed class EntitySentenceTests(ITestOutputHelper output)
{
    private static readonly string[] Verbs =
    [
        "make", "create", "keep", "add", "write", "tick", "see", "manage", "upload", "store", "save", "cook", "borrow", "return", "invite", "lend",
        "collect", "organise", "enter", "cancel", "move", "want", "need", "has", "have", "can", "sign", "pick", "assign", "off",
    ];

    public static TheoryData<string, string> Answers { get; } = new()
    {
        { "People make lists, tick items off and share a list with others", "list, item" },
        { "People make lists, tick items off and share a list with others.  They can also see what is overdue!", "list, item" },
        { "They keep track of their books and loans...", "book, loan" },
        { "Each list has items with a name and a due date", "item (name, due date), list" },
        { "I want to keep recipes with ingredients and steps, and plan meals for the week", "ingredient, step, recipe, meal" },
        { "Cooks write recipes (title, servings) & upload photos of the dish", "recipe (title, servings), photo" },
        { "Customers book appointments with a barber; the barber manages services (name, price) and opening hours.", "appointment, service (name, price), opening hour" },
        { "Clients can book appointments and cancel them. Barbers see their appointments.", "appointment" },
        { "Track expenses, such as rent or food, and set budgets per category", "expense, budget" },
        { "You enter your expenses with amount, date and category", "expense (amount, date, category)" },
        { "Authors write posts and readers leave comments on posts", "post, comment" },
        { "A blogger creates \u201Cposts\u201D, edits drafts and adds tags to them", "post, draft, tag" },
        { "We store products in warehouses and record every stock movement", "product, stock movement" },
        { "inventory (name, quantity, location), suppliers & orders", "inventory item (name, quantity, location), supplier, order" },
        { "People track habits and see statistics of their progress", "habit" },
        { "Habits with name and colour\nCheck-ins with date", "habit (name, colour), check-in (date)" },
        { "Members borrow books, return them, and the librarian manages members", "book, member" },
        { "BOOKS, LOANS AND MEMBERS.", "book, loan, member" },
        { "Organisers plan events, invite guests and assign tasks to helpers", "event, guest, task" },
        { "- events\n- guests;\n* \"tasks\"", "event, guest, task" },
        { "1. tournaments\n2. players (name, rating)\n3. games", "tournament, player (name, rating), game" },
        { "The chess club keeps members, games and tournaments", "member, game, tournament" },
        { "Things people create: lists, items (name, done)", "list, item (name, done)" },
        { "They keep things such as tools, screws and paint", "tool, screw, paint" },
        { "We need a place to store f\u00fchrungen and M\u00fcsli-rezepte", "f\u00fchrungen, m\u00fcsli-rezepte" },
        { "Teachers create quizzes, each quiz has questions and students answer them", "question, quiz" },
        { "lists, list, Lists and LISTS", "list" },
        { "Friends share recipes with others, and members can rate them. Each recipe has a title, ingredients and steps.", "recipe (title), ingredient, step" },
        { "books, loans, members, etc.", "book, loan, member" },
        { "Menus, taxis and buses", "menu, taxi, bus" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Things_are_found_in_sentences(string text, string expected) =>
        Assert.Equal(Ordered(expected.Split(", ").Aggregate(new List<string>(), Rejoin)), Ordered(EntityParser.Parse(text).Select(Shown)));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Nothing_that_people_do_becomes_a_thing(string text, string expected)
    {
        _ = expected;
        Assert.All(EntityParser.Parse(text), entity =>
        {
            var words = entity.Noun.Singular.Split(' ');
            Assert.InRange(words.Length, 1, 3);
            Assert.DoesNotContain(words, word => Verbs.Contains(word));
            Assert.Equal(entity.Noun, Noun.From(entity.Noun.Plural));
            Assert.Equal(entity.Noun, Noun.From(entity.Noun.Singular));
        });
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_specification_of_sentences_reads_like_english(string text, string expected)
    {
        _ = expected;
        var answers = QuickTodo.But(Text(QuestionIds.Entities, text), Pick(QuestionIds.Basics, "mobile", "search")).Interview(look: Show);
        var names = SpecComposer.Compose(answers).CoreFeatures.SelectMany(category => category.Features.Select(feature => feature.Name).Append(category.Name)).ToList();
        output.WriteLine(string.Join("\n", names));

        Assert.DoesNotContain(names, name => name.Contains("offs", StringComparison.OrdinalIgnoreCase) || name.Contains("Tick items", StringComparison.Ordinal));
        Assert.DoesNotMatch(@"(?i)\b(?:add|edit|delete|open) an? (?:(?:share|tick|make|keep|add|plan|book) an?\b|an? )", string.Join('\n', names));
        Assert.DoesNotMatch(@"(?i)\ba [aio]\w|\ban [bcdfgjklmnpqrstvwxyz]\w", string.Join('\n', names));
    }

    [Theory]
    [InlineData("Well it should somehow remember everything that everybody ever did in there")]
    [InlineData("no idea")]
    [InlineData("Whatever they want to keep!!!")]
    public void When_no_thing_is_named_one_plain_kind_is_assumed_and_the_person_can_say_it_better(string text)
    {
        InterviewStep? asked = null;
        var person = QuickTodo.But(Text(QuestionIds.Entities, text), new(QuestionIds.EntitiesAgain, ["change"], "books (title), loans"));
        var answers = person.Interview(look: step => asked ??= step.Questions.Any(question => question.Id == QuestionIds.EntitiesAgain) ? step : null);

        Assert.Contains("**entries** with title and text (assumed)", asked?.Text, StringComparison.Ordinal);
        var document = SpecComposer.Compose(answers);
        var names = document.AllFeatures().Select(feature => feature.Name).ToList();
        Assert.Contains("Add a book", names);
        Assert.DoesNotContain("Add an entry", names);
        Assert.Equal(SpecOrigin.Answer(QuestionIds.EntitiesAgain), document.AllFeatures().Single(feature => feature.Name == "Add a book").Origin);
    }

    [Fact]
    public void A_list_is_not_asked_about_again() => QuickTodo.Interview(look: step =>
        Assert.DoesNotContain(step.Questions, question => question.Id == QuestionIds.EntitiesAgain));

    [Fact]
    public void One_piece_of_what_cannot_be_counted_belongs_to_no_order()
    {
        var entities = EntityParser.Parse("Inventory, orders, order items");

        Assert.Equal([null, null, "order"], entities.Select(entity => entity.Parent));
        Assert.Equal("an inventory item", entities[0].Noun.A);
    }

    [Theory]
    [InlineData("führungen", "führungen")]
    [InlineData("Café", "café")]
    public void Words_of_other_languages_get_no_english_plural(string text, string plural) => Assert.Equal(plural, Noun.From(text).Plural);

    [Fact]
    public void A_very_long_answer_gives_few_things()
    {
        var text = string.Concat(Enumerable.Range(0, 400).Select(index => $"People make widget{(char)('a' + index % 26)}s, tick items off and so on. "));

        Assert.True(text.Length > 10_000);
        Assert.InRange(EntityParser.Parse(text).Count, 2, 8);
        Assert.InRange(EntityParser.Parse(new string('a', 10_000)).Count, 0, 1);
        Assert.InRange(EntityParser.Parse(string.Concat(Enumerable.Repeat("they (make ", 1000))).Count, 0, 8);
    }

    private void Show(InterviewStep step)
    {
        if (step.Text.Contains("what I understood", StringComparison.Ordinal))
        {
            output.WriteLine(step.Text);
        }
    }

    private static string Shown(Entity entity)
    {
        var told = entity.Own.Where(field => !field.IsAssumed).Select(field => field.Name).ToList();
        return told.Count == 0 ? entity.Noun.Singular : $"{entity.Noun.Singular} ({string.Join(", ", told)})";
    }

    private static List<string> Rejoin(List<string> parts, string part)
    {
        if (parts.Count > 0 && parts[^1].Contains('(') && !parts[^1].EndsWith(')'))
        {
            parts[^1] += ", " + part;
        }
        else
        {
            parts.Add(part);
        }

        return parts;
    }

    private static IEnumerable<string> Ordered(IEnumerable<string> things) => things.Order(StringComparer.Ordinal);
}
