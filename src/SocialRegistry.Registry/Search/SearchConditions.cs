using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// Turns bound queries into conditions on a row of registrants: the one compiler for both databases. A condition may be null where it
/// is not true; under a "not" each one is made plainly false first, so that the opposite holds.
/// </summary>
/// <param name="areas">Codes of each area that occurs, with those below it.</param>
internal sealed class SearchConditions(
    SearchSql sql,
    SearchLookups lookups,
    IReadOnlyDictionary<string, IReadOnlyCollection<string>> areas
)
{
    private ISearchDialect Dialect => sql.Dialect;

    /// <summary>What holds of every record that a search may come across, also around the one that it shows.</summary>
    public BoundQuery? Scope { get; init; }

    /// <summary>Set for a caller that needs consents: a record is found only by what its consents cover.</summary>
    public BoundConsent? Need { get; init; }

    /// <summary>Names that cover what stands under a name.</summary>
    public required Func<string, IReadOnlyList<string>> NamesOf { get; init; }

    /// <summary>A condition on records that are searched: theirs to be known to the caller, and to be found by what is asked.</summary>
    /// <param name="beside">What is looked at beside the query: fields of a sort, the edge that leads to the record.</param>
    public string Of(BoundQuery query, string alias, params IEnumerable<string> beside) =>
        Join(
            " and ",
            [
                $"{alias}.status <> '{RegistrantStatuses.Archived}'",
                .. Scope is null ? Array.Empty<string>() : [Rule(alias)],
                .. Covered(query, alias, beside),
                Compile(query, alias, negated: false, (item, of, edge) => Of(item, of, edge)),
            ]
        );

    /// <summary>
    /// For a caller that needs consents: conditions that those of a record cover all that is looked at. They stand beside the whole query, not
    /// within it, so that no "not" turns them around; what is asked of others around a record is covered by theirs.
    /// </summary>
    public IEnumerable<string> Covered(BoundQuery query, string alias, params IEnumerable<string> beside) =>
        Need is null
            ? []
            : LookedAt
                .By(query)
                .Union(beside)
                .Select(name =>
                    Consented(
                        Need,
                        alias,
                        $" and {Join(" or ", NamesOf(name).Select(n => Dialect.Holds("g.fields", sql.Value(JsonSerializer.Serialize(n)))), "false")}"
                    )
                );

    /// <summary>The caller's rows as a condition; there, records around are looked at whether the caller may know them or not.</summary>
    public string Rule(string alias) => Scope is null ? "true" : Compile(Scope, alias, negated: false, OfRule);

    private string OfRule(BoundQuery query, string alias, string edge) =>
        $"({alias}.status <> '{RegistrantStatuses.Archived}' and {Compile(query, alias, negated: false, OfRule)})";

    /// <param name="related">A condition on a record around: the query of it, its alias, and the edge that leads to it.</param>
    private string Compile(
        BoundQuery query,
        string alias,
        bool negated,
        Func<BoundQuery, string, string, string> related
    )
    {
        string Inner(BoundQuery item) => Compile(item, alias, negated, related);
        var condition = query switch
        {
            BoundAnd and => Join(" and ", and.Items.Select(Inner), "true"),
            BoundOr or => Join(" or ", or.Items.Select(Inner), "false"),
            BoundNot not => $"(not {Compile(not.Item, alias, negated: true, related)})",
            BoundExists exists => Exists(exists.Field, alias),
            BoundIn among => In(among, alias),
            BoundCompare compare => Any(compare.Field, alias, place => Compare(compare, place)),
            BoundText text => Text(text, alias),
            BoundIdentifier identifier => Identifier(identifier, alias),
            BoundArea area => OfKinds(
                [RegistrantKinds.Individual, RegistrantKinds.Group],
                alias,
                () => sql.IsAny(Dialect.Text(JsonPlace.Values(alias).Then(QueryBinder.Area)), [.. areas[area.Code]])
            ),
            BoundConsent consent => Consented(consent, alias, ""),
            BoundStatus status => $"{alias}.status = {sql.Value(status.Status)}",
            BoundKind kind => OfKind(kind.Kind, alias),
            BoundAnyMember member => Member(member.Member, alias, "group_id", "member_id", related),
            BoundMemberOf group => Member(group.Group, alias, "member_id", "group_id", related),
            BoundAnyRelative relative => Relative(relative, alias, related),
            _ => throw new NotSupportedException("No SQL for " + query.GetType().Name + "."),
        };
        return negated && query is BoundIn or BoundCompare or BoundArea ? $"coalesce({condition}, false)" : condition;
    }

    private string Consented(BoundConsent consent, string alias, string covering) =>
        $"exists (select 1 from {Dialect.Table("consent_grants")} g"
        + $" where g.registrant_id = {alias}.id and g.recipient = {sql.Value(consent.Recipient)}"
        + $" and g.purpose = {sql.Value(consent.Purpose)} and g.valid_from <= {sql.Value(consent.Now)}"
        + $" and (g.valid_until is null or g.valid_until > {sql.Value(consent.Now)}){covering})";

    /// <summary>The kind in plain words: an index of a kind is used only for a condition that says so.</summary>
    private static string OfKind(string kind, string alias) =>
        kind is RegistrantKinds.Individual or RegistrantKinds.Group
            ? $"{alias}.kind = '{kind}'"
            : throw new NotSupportedException("No such kind.");

    private static string OfKinds(IReadOnlyList<string> kinds, string alias, Func<string> condition) =>
        Join(" or ", kinds.Select(kind => $"({OfKind(kind, alias)} and {condition()})"), "false");

    private string Exists(QueryField field, string alias) =>
        field.IsProtected
            ? OfKinds(
                field.Kinds,
                alias,
                () => $"{Dialect.Text(JsonPlace.Values(alias).Then(field.Root.Id))} is not null"
            )
            : Any(field, alias, place => $"{Dialect.Text(place)} is not null");

    private string In(BoundIn among, string alias)
    {
        if (among.Field.IsProtected)
        {
            var tokens = among.Values.Cast<string>().Select(v => sql.Value(lookups.Token(among.Field.Path, v)));
            return Beside(
                among.Field,
                alias,
                $"{alias}.id in (select t.registrant_id from {Dialect.Table("search_tokens")} t"
                    + $" where t.field = {sql.Value(among.Field.Path)} and t.token in ({string.Join(", ", tokens)}))"
            );
        }

        return
            among.Field.Steps is [{ Repeated: true }]
            && among.Values.Count <= MostElements
            && !among.Values.Any(v => v is QueryDate date && date.Text != date.Last)
            && Dialect.HasElement(JsonPlace.Values(alias).Then(among.Field.Root.Id), "") is not null
            ? OfKinds(
                among.Field.Kinds,
                alias,
                () => Join(" or ", among.Values.Select(v => Element(among.Field, v, alias)))
            )
            : Any(among.Field, alias, place => In(among, place));
    }

    /// <summary>Values that a list is asked for one by one.</summary>
    private const int MostElements = 10;

    private string Element(QueryField field, object value, string alias)
    {
        var element = value is QueryDate date ? date.Text : value;
        return Dialect.HasElement(
            JsonPlace.Values(alias).Then(field.Root.Id),
            sql.Json(JsonSerializer.Serialize(new[] { element }))
        )!;
    }

    private string In(BoundIn among, JsonPlace place) =>
        among.Values[0] switch
        {
            decimal => sql.IsAny(Dialect.Number(place), [.. among.Values.Select(v => Dialect.Number((decimal)v))]),
            bool => sql.IsAny(Dialect.Text(place), [.. among.Values.Select(v => Dialect.Boolean((bool)v))]),
            QueryDate => Dates([.. among.Values.Cast<QueryDate>()], Dialect.Text(place)),
            _ => sql.IsAny(Dialect.Text(place), among.Values),
        };

    private string Dates(IReadOnlyList<QueryDate> dates, string expression)
    {
        var days = dates.Where(d => d.Text == d.Last).Select(d => (object)d.Text).ToList();
        var conditions = dates
            .Where(d => d.Text != d.Last)
            .Select(d => $"({expression} >= {sql.Value(d.Text)} and {expression} <= {sql.Value(d.Last)})")
            .ToList();
        if (days.Count > 0)
        {
            conditions.Add(sql.IsAny(expression, days));
        }

        return Join(" or ", conditions);
    }

    private string Compare(BoundCompare compare, JsonPlace place)
    {
        string Number() => Dialect.Number(place);
        return (compare.Operator, compare.Value) switch
        {
            (QueryOperator.Lt, QueryDate date) => $"{Dialect.Text(place)} < {sql.Value(date.First)}",
            (QueryOperator.Le, QueryDate date) => $"{Dialect.Text(place)} <= {sql.Value(date.Last)}",
            (QueryOperator.Gt, QueryDate date) => $"{Dialect.Text(place)} > {sql.Value(date.Last)}",
            (QueryOperator.Ge, QueryDate date) => $"{Dialect.Text(place)} >= {sql.Value(date.First)}",
            (QueryOperator.Lt, decimal number) => $"{Number()} < {sql.Value(Dialect.Number(number))}",
            (QueryOperator.Le, decimal number) => $"{Number()} <= {sql.Value(Dialect.Number(number))}",
            (QueryOperator.Gt, decimal number) => $"{Number()} > {sql.Value(Dialect.Number(number))}",
            (QueryOperator.Ge, decimal number) => $"{Number()} >= {sql.Value(Dialect.Number(number))}",
            _ => throw new NotSupportedException("No order by " + compare.Operator + "."),
        };
    }

    private string Text(BoundText text, string alias)
    {
        var condition = text.AtStart
            ? $"t.head >= {sql.Value(text.Part)} and t.head < {sql.Value(text.Part + TextFold.Top)}"
            : Dialect.Holds("t.folded", sql.Value(text.Part));
        return Beside(
            text.Field,
            alias,
            $"{alias}.id in (select t.registrant_id from {Dialect.Table("search_texts")} t"
                + $" where t.field = {sql.Value(text.Field.Path)} and {condition})"
        );
    }

    private string Identifier(BoundIdentifier identifier, string alias) =>
        lookups.Identifier(identifier) is { } token
            ? $"{alias}.id in (select i.registrant_id from {Dialect.Table("identifiers")} i"
                + $" where i.type = {sql.Value(identifier.Type.Id)} and i.token = {sql.Value(token)})"
            : "false";

    private string Member(
        BoundQuery query,
        string alias,
        string own,
        string other,
        Func<BoundQuery, string, string, string> related
    )
    {
        var (edge, inner) = (sql.Alias("m"), sql.Alias("r"));
        return $"exists (select 1 from {Dialect.Table("memberships")} {edge}"
            + $" join {Dialect.Table("registrants")} {inner} on {inner}.id = {edge}.{other}"
            + $" where {edge}.{own} = {alias}.id and {edge}.ended_on is null and {related(query, inner, LookedAt.Memberships)})";
    }

    private string Relative(BoundAnyRelative relative, string alias, Func<BoundQuery, string, string, string> related)
    {
        var (edge, inner) = (sql.Alias("e"), sql.Alias("r"));
        var (table, own, other) = relative.Kind switch
        {
            RelativeKind.Parent => (
                "parents",
                $"{edge}.child_id = {alias}.id",
                $"{inner}.id in ({edge}.parent1_id, {edge}.parent2_id)"
            ),
            RelativeKind.Child => (
                "parents",
                $"({edge}.parent1_id = {alias}.id or {edge}.parent2_id = {alias}.id)",
                $"{inner}.id = {edge}.child_id"
            ),
            RelativeKind.Spouse => (
                "spouses",
                $"({edge}.person1_id = {alias}.id or {edge}.person2_id = {alias}.id) and not {edge}.is_separated",
                $"{inner}.id = case when {edge}.person1_id = {alias}.id then {edge}.person2_id else {edge}.person1_id end"
            ),
            _ => throw new NotSupportedException("No relatives of the kind " + relative.Kind + "."),
        };
        return $"exists (select 1 from {Dialect.Table(table)} {edge}"
            + $" join {Dialect.Table("registrants")} {inner} on {other}"
            + $" where {own} and {related(relative.Relative, inner, LookedAt.Relationships)})";
    }

    /// <summary>True when a value of the field meets the condition: the one there is, or any element of what is repeated.</summary>
    private string Any(QueryField field, string alias, Func<JsonPlace, string> condition) =>
        OfKinds(field.Kinds, alias, () => AnyOf(field, alias, condition));

    /// <summary>Rows beside the records are not told apart by kind.</summary>
    private static string Beside(QueryField field, string alias, string condition) =>
        field.IsAmbiguous ? OfKinds(field.Kinds, alias, () => condition) : condition;

    private string AnyOf(QueryField field, string alias, Func<JsonPlace, string> condition)
    {
        var place = JsonPlace.Values(alias);
        var sources = new List<string>();
        foreach (var step in field.Steps)
        {
            place = place.Then(step.Id);
            if (step.Repeated)
            {
                var element = sql.Alias("e");
                sources.Add(Dialect.Elements(place, element));
                place = new JsonPlace(element, IsElement: true, []);
            }
        }

        return sources.Count == 0
            ? condition(place)
            : $"exists (select 1 from {string.Join(", ", sources)} where {condition(place)})";
    }

    private static string Join(string word, IEnumerable<string> conditions, string none = "true")
    {
        var all = conditions.ToList();
        return all.Count switch
        {
            0 => none,
            1 => all[0],
            _ => "(" + string.Join(word, all) + ")",
        };
    }
}
