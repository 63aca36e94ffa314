using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>The five features that show that data is really kept. Everything else builds on them.</summary>
internal static class InfrastructureFeatures
{
    public const string Prefix = "infrastructure/";

    private const string Category = "Infrastructure";

    public static void Add(Plan plan)
    {
        var origin = plan.Context.Answers.Has(QuestionIds.Storage) ? SpecOrigin.Answer(QuestionIds.Storage) : SpecOrigin.Assumed;
        var database = TechnologyChoices.Database(plan.Context.Answers);
        Add("connection", "Database connection works",
            $"When the server starts, it connects to {database}, says so in its log, and its health address answers that the database can be reached.",
            ["Start the server", "Read its log: one line says that the database is connected", "Open /api/health", "The answer has status 200 and says that the database is reachable"]);
        Add("schema", "Database schema is applied",
            "When the server starts on an empty database, it creates all tables with their columns and keys; on one that has them it changes nothing.",
            ["Delete the database and start the server", "List the tables and their columns", "They match the database schema of this specification", "Start the server again: no error, nothing changed"],
            "connection");
        Add("survives", "Data survives a server restart",
            "What was saved before the server was stopped is there, unchanged, after it was started again.",
            ["Save a record with a value nobody else uses, through the API", "Stop the server completely", "Start it again", "Read the record: it is there with that value", "Delete the record"],
            "schema");
        Add("no-mocks", "No mock data in the code",
            "The code that runs in production holds no invented records, no in-memory stand-in for the database and no hard-coded answers.",
            ["Search the source outside the tests for mock, fake, dummy, sample data and in-memory stores", "No finding takes the place of the database", "Start with an empty database: the screens are empty"],
            "schema");
        Add("real-reads", "The API reads the real database",
            "What an address of the API returns comes from the database: a record changed there is returned changed by the next request.",
            ["Save a record through the API", "Change one of its values directly in the database", "Ask the API for it again", "The answer has the changed value"],
            "schema");

        void Add(string key, string name, string behaviour, string[] steps, params string[] after) =>
            plan.Add(new PlannedFeature(Prefix + key, Category, name, behaviour, steps, [.. after.Select(other => Prefix + other)], origin));
    }
}
