using Autocoder.Core.Specs.Composing;

namespace Autocoder.Tests.Specs;

public sealed class EntityParserTests
{
    [Theory]
    [InlineData("lists, items (name, due date, done), shares", "list item share")]
    [InlineData("Lists; Items: name, due date\nShares", "list item share")]
    [InlineData("- recipes with title and servings\n- ingredients", "recipe ingredient")]
    [InlineData("People create quizzes and questions", "quiz question")]
    [InlineData("shopping lists, categories, categories", "shopping list category")]
    [InlineData("a list, the item", "list item")]
    public void Things_are_found_however_they_are_listed(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', EntityParser.Parse(text).Select(entity => entity.Noun.Singular)));

    [Theory]
    [InlineData("")]
    [InlineData("---")]
    [InlineData("it should just remember everything I ever did there")]
    [InlineData("((((((")]
    public void Text_without_names_of_things_gives_none(string text) => Assert.Empty(EntityParser.Parse(text));

    [Fact]
    public void Kinds_are_guessed_by_name()
    {
        var item = EntityParser.Parse("items (name, due date, done, e-mail, price, quantity, status, notes, photo, start time)").Single();

        Assert.Equal(
            [FieldKind.Text, FieldKind.Date, FieldKind.Boolean, FieldKind.Email, FieldKind.Amount, FieldKind.Integer, FieldKind.Choice, FieldKind.LongText, FieldKind.Picture, FieldKind.TimeOfDay],
            item.Fields.Select(field => field.Kind));
    }

    [Fact]
    public void A_field_that_names_another_thing_ties_the_two()
    {
        var entities = EntityParser.Parse("customers (name), services (name, price), appointments (customer, service, date)");

        Assert.Equal("customer", entities[2].Parent);
        Assert.Equal(["customer_id", "service_id", "date"], entities[2].Fields.Select(field => field.Column));
    }

    [Fact]
    public void Things_that_usually_lie_in_each_other_are_tied_and_never_in_a_circle()
    {
        Assert.Equal([null, "list"], EntityParser.Parse("lists, items").Select(entity => entity.Parent));

        var circle = EntityParser.Parse("teams (player), players (team)");
        Assert.Single(circle, entity => entity.Parent is null);
    }

    [Fact]
    public void Too_much_is_limited() => Assert.Equal(12, EntityParser.Parse(string.Join(", ", Enumerable.Range(0, 500).Select(index => $"thing{index}s"))).Count);
}
