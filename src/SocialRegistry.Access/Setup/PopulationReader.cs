using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>A row rule: a query tree that the catalogue understands.</summary>
internal static class PopulationReader
{
    /// <summary>The query in its own spelling, as JSON text; <c>null</c> when it is absent or wrong, and then its faults are added.</summary>
    public static string? Read(JsonPlace? place, CatalogueNames names)
    {
        if (place is not { } given)
        {
            return null;
        }

        var query = QueryReader.Read(given.Value, given.Path);
        if (!query.Succeeded)
        {
            given.Problems.AddRange(query.Problem.Fields);
            return null;
        }

        var bound = names.Queries.BindRule(query.Value, given.Path);
        if (!bound.Succeeded)
        {
            given.Problems.AddRange(bound.Problem.Fields);
            return null;
        }

        return query.Value.ToJson().GetRawText();
    }
}
