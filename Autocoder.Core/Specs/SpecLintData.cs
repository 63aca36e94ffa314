using static Autocoder.Core.Specs.SpecSeverity;

namespace Autocoder.Core.Specs;

/// <summary>Rules about tables, endpoints and routes.</summary>
internal static class SpecLintData
{
    public static IEnumerable<SpecFinding> Check(SpecDocument document) =>
        Tables(document).Concat(Crud(document)).Concat(Endpoints(document)).Concat(Roles(document));

    private static IEnumerable<SpecFinding> Tables(SpecDocument document)
    {
        foreach (var group in document.Tables.GroupBy(table => table.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (group.Count() > 1)
            {
                yield return new SpecFinding(Error, "tables_unique", $"tables/{group.Key}", $"The table {group.Key} is defined {group.Count()} times.");
            }

            if (group.First().Columns.Count == 0)
            {
                yield return new SpecFinding(Error, "table_columns", $"tables/{group.Key}", $"The table {group.Key} has no columns.");
            }
        }
    }

    private static IEnumerable<SpecFinding> Crud(SpecDocument document)
    {
        foreach (var table in document.Tables.Where(table => table.Note.Length == 0))
        {
            var methods = document.EndpointGroups
                .SelectMany(group => group.Endpoints)
                .Where(endpoint => Resources(endpoint.Path).Contains(Key(table.Name)))
                .Select(endpoint => endpoint.Method.ToUpperInvariant())
                .ToHashSet();
            var missing = new List<string>();
            Need("POST", "create");
            Need("GET", "read");
            if (!methods.Contains("PUT"))
            {
                Need("PATCH", "update");
            }

            Need("DELETE", "delete");
            if (missing.Count > 0)
            {
                yield return new SpecFinding(
                    Warning, "entity_crud", $"tables/{table.Name}", $"Nothing lets people {string.Join(", ", missing)} {table.Name}. Add it, or note on the table why not.");
            }

            void Need(string method, string verb)
            {
                if (!methods.Contains(method))
                {
                    missing.Add(verb);
                }
            }
        }
    }

    private static IEnumerable<SpecFinding> Endpoints(SpecDocument document)
    {
        var tables = document.Tables.Select(table => Key(table.Name)).ToHashSet();
        foreach (var group in document.EndpointGroups)
        {
            foreach (var endpoint in group.Endpoints.Where(endpoint => !endpoint.Path.StartsWith('/')))
            {
                yield return new SpecFinding(Error, "endpoint_path", $"api/{group.Name}", $"The path {endpoint.Path} must begin with a slash.");
            }

            var isOfTable = group.Endpoints.Any(endpoint => Resources(endpoint.Path).Any(tables.Contains));
            if (group.Note.Length == 0 && group.Endpoints.Count > 0 && !isOfTable)
            {
                yield return new SpecFinding(
                    Warning, "endpoints_match", $"api/{group.Name}", $"No table fits the endpoints of {group.Name}. Add the table, or note on the group what they work on.");
            }
        }

        var doubles = document.EndpointGroups.SelectMany(group => group.Endpoints)
            .GroupBy(endpoint => endpoint.Method.ToUpperInvariant() + " " + endpoint.Path)
            .Where(group => group.Count() > 1);
        foreach (var twice in doubles)
        {
            yield return new SpecFinding(Error, "endpoints_unique", "api", $"{twice.Key} is listed {twice.Count()} times.");
        }
    }

    private static IEnumerable<SpecFinding> Roles(SpecDocument document)
    {
        var access = document.Access;
        foreach (var role in access.Roles.Where(role => role.Permissions.Count == 0))
        {
            yield return new SpecFinding(Warning, "role_permissions", $"user_roles/{role.Name}", $"Nothing says what {role.Name} may do.");
        }

        if (access.Authentication.Count > 0 && access.Roles.Count == 0)
        {
            yield return new SpecFinding(Error, "route_role", "user_roles", "People sign in, but there is no role that may use the protected pages.");
        }

        if (access.Authentication.Count > 0 && access.Roles.Count > 0 && access.Roles.All(role => role.ProtectedRoutes.Count == 0))
        {
            yield return new SpecFinding(Warning, "route_role", "user_roles", "People sign in, but no page is protected.");
        }
    }

    // /api/lists/{id}/items works on items, and in passing on lists.
    private static IEnumerable<string> Resources(string path) => path
        .Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Where(part => !part.StartsWith('{') && !part.StartsWith(':'))
        .TakeLast(1)
        .Select(Key);

    private static string Key(string name) => name.Replace('-', '_').ToLowerInvariant();
}
