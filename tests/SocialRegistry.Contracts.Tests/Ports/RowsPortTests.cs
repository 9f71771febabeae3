using System.Reflection;
using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>
/// Row rules in every call of every port: wherever a call names a record, one outside the caller's rows is answered exactly as one that
/// is not there. The places are found by reflection; one without a case fails the suite.
/// </summary>
public abstract partial class RowsPortTests : PortTests
{
    public static TheoryData<string> Places => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_record_outside_the_rows_is_answered_as_one_that_is_not_there(string place)
    {
        var world = await World.MakeAsync(Ports);
        var (call, sort) = Cases[place];
        var hidden = world.Hidden(sort);
        var absent = new Target(
            new RegistrantId(Guid.NewGuid()),
            sort == Sort.Group ? Persons.NewHousehold() : Persons.NewUin(),
            Guid.NewGuid()
        );

        var refused = absent.Unnamed(await call(world, absent, world.Narrow));
        var outside = hidden.Unnamed(await call(world, hidden, world.Narrow));
        var known = hidden.Unnamed(await call(world, hidden, PortCallers.Registrar));

        Assert.Equal(refused, outside);
        // Else the case would show nothing.
        Assert.NotEqual(refused, known);
    }

    [Fact]
    public void Every_place_that_names_a_record_has_a_case()
    {
        var places = typeof(Caller)
            .Assembly.GetExportedTypes()
            .Where(t => t.IsInterface)
            .SelectMany(t => t.GetMethods())
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Caller)))
            .SelectMany(PlacesOf)
            .Distinct()
            .ToList();

        Assert.True(places.Count > 50, $"Only {places.Count} places were found.");
        Assert.Empty(places.Except(Cases.Keys).Except(GivenOnce).Except(PastRows));
        Assert.Empty(Cases.Keys.Concat(GivenOnce).Concat(PastRows).Except(places));
    }

    [Fact]
    public async Task No_household_is_made_beyond_the_rows()
    {
        var world = await World.MakeAsync(Ports);
        foreach (var values in new[] { """{"group_type":"2"}""", """{"group_type":"2","area":"ELSEWHERE"}""" })
        {
            var group = new NewGroup
            {
                Values = Persons.Values(values),
                Members = [new NewMember { Member = world.Head, Kinds = ["head"] }],
            };
            var made = await Ports.Groups.CreateAsync(group, GroupCommand.Plain, world.Narrow, Cancellation);
            Assert.Equal("registrants.outside_rows", made.Problem?.Code);
        }
    }

    [Fact]
    public async Task Parents_beyond_the_rows_are_not_taken_away_unseen()
    {
        var world = await World.MakeAsync(Ports);
        var both = new ParentsChange
        {
            Parent1 = PersonReference.Of(world.Head),
            Parent2 = PersonReference.Of(world.Person.Id),
        };
        (await Ports.Relationships.SetParentsAsync(world.Child, both, PortCallers.Registrar, Cancellation)).Require();

        var replaced = await Ports.Relationships.SetParentsAsync(
            world.Child,
            both with
            {
                Parent2 = null,
            },
            world.Narrow,
            Cancellation
        );
        var removed = await Ports.Relationships.RemoveParentsAsync(
            world.Child,
            WriteConditions.None,
            world.Narrow,
            Cancellation
        );

        Assert.Equal("relationships.parents_outside_rows", replaced.Problem?.Code);
        Assert.Equal("relationships.parents_outside_rows", removed.Problem?.Code);
        var standing = await Ports.Relationships.GetParentsAsync(world.Child, PortCallers.Registrar, Cancellation);
        Assert.Equal(world.Person.Id, standing.Require().Parent2Id);
    }

    /// <summary>The walk does see references, however deep they stand.</summary>
    [Fact]
    public void References_are_found_in_messages_lists_and_messages_of_messages() =>
        Assert.Equal(
            [
                "IProbe.Call/id",
                "IProbe.Call/rows[].Child.Id",
                "IProbe.Call/rows[].Child.Identifier",
                "IProbe.Call/rows[].Parent1.Id",
                "IProbe.Call/rows[].Parent1.Identifier",
                "IProbe.Call/rows[].Parent2.Id",
                "IProbe.Call/rows[].Parent2.Identifier",
                "IProbe.Call/rows[].Guardian.Id",
                "IProbe.Call/rows[].Guardian.Identifier",
                "IProbe.Call/change.Head",
                "IProbe.Call/change.Kinds[].Member",
                "IProbe.Call/query",
            ],
            PlacesOf(typeof(IProbe).GetMethod(nameof(IProbe.CallAsync))!)
        );

    private static IEnumerable<string> PlacesOf(MethodInfo method) =>
        method
            .GetParameters()
            .SelectMany(p => Walk(p.ParameterType, p.Name!, []))
            .Select(path => $"{method.DeclaringType!.Name}.{method.Name.Replace("Async", "")}/{path}");

    private static IEnumerable<string> Walk(Type type, string path, Type[] above)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (
            inner == typeof(RegistrantId)
            || inner == typeof(Identifier)
            || inner == typeof(Guid)
            || inner == typeof(Query)
        )
        {
            return [path];
        }

        if (inner.IsGenericType)
        {
            return inner.GetGenericArguments().SelectMany(t => Walk(t, path + "[]", above));
        }

        return
            inner.Assembly != typeof(Caller).Assembly
            || !inner.IsClass
            || inner == typeof(Caller)
            || above.Contains(inner)
            ? []
            : inner
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .SelectMany(p => Walk(p.PropertyType, $"{path}.{p.Name}", [.. above, inner]));
    }

    private interface IProbe
    {
        Task CallAsync(
            RegistrantId id,
            IReadOnlyList<ParentsRow> rows,
            HeadChange? change,
            Query query,
            PageRequest page,
            Caller caller
        );
    }

    /// <summary>Which of the hidden things a place names.</summary>
    private enum Sort
    {
        Person,
        Group,

        /// <summary>A couple of somebody inside and somebody outside.</summary>
        Couple,

        /// <summary>A relation from somebody inside to somebody outside.</summary>
        Relation,
    }

    private sealed record Case(Func<World, Target, Caller, Task<string>> Call, Sort Sort);

    /// <summary>A record to be named, one way or the other.</summary>
    private sealed record Target(RegistrantId Id, Identifier Identifier, Guid Entry)
    {
        /// <summary>An answer that does not tell which of two targets it is about.</summary>
        public string Unnamed(string answer) =>
            answer
                .Replace(Id.ToString(), "ID", StringComparison.OrdinalIgnoreCase)
                .Replace(Identifier.Value, "NUMBER", StringComparison.OrdinalIgnoreCase)
                .Replace(Entry.ToString("D"), "ENTRY", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A household in an area, with a member, a spouse, parents and a friend outside of it, and a household outside.</summary>
    private sealed record World(
        IPorts Ports,
        Caller Narrow,
        RegistrantId Group,
        RegistrantId Head,
        RegistrantId Member,
        RegistrantId Other,
        RegistrantId Child,
        string Friend,
        Target Person,
        Target Household,
        Guid Couple,
        Guid Relation
    )
    {
        public Target Hidden(Sort sort) =>
            sort switch
            {
                Sort.Person => Person,
                Sort.Group => Household,
                Sort.Couple => Person with { Entry = Couple },
                _ => Person with { Entry = Relation },
            };

        public static async Task<World> MakeAsync(IPorts ports)
        {
            var (inside, outside) = (
                "A-" + Guid.NewGuid().ToString("N")[..20],
                "B-" + Guid.NewGuid().ToString("N")[..20]
            );
            async Task<RegistrantId> StoreAsync(string kind, string area, Identifier number, string values)
            {
                var all = Persons.Values(values);
                all["area"] = JsonSerializer.SerializeToElement(area);
                return (
                    await ports.Registrants.StoreAsync(
                        new NewRegistrant
                        {
                            Kind = kind,
                            Values = all,
                            Identifiers = [number],
                        }
                    )
                ).Id;
            }

            Task<RegistrantId> PersonAsync(string area, int year, Identifier? number = null) =>
                StoreAsync(
                    RegistrantKinds.Individual,
                    area,
                    number ?? Persons.NewUin(),
                    $$"""{"given_name":"Amira","birth_date":"{{year}}-03-02"}"""
                );
            Task<RegistrantId> GroupAsync(string area, Identifier? number = null) =>
                StoreAsync(RegistrantKinds.Group, area, number ?? Persons.NewHousehold(), """{"group_type":"2"}""");
            async Task JoinAsync(RegistrantId group, RegistrantId member, params string[] kinds) =>
                (
                    await ports.Groups.AddMemberAsync(
                        new MembershipView
                        {
                            GroupId = group,
                            MemberId = member,
                            Kinds = kinds,
                        },
                        PortCallers.Registrar,
                        Cancellation
                    )
                ).Require();

            var (uin, number) = (Persons.NewUin(), Persons.NewHousehold());
            var (group, other, household) = (
                await GroupAsync(inside),
                await GroupAsync(inside),
                await GroupAsync(outside, number)
            );
            var (head, member, child) = (
                await PersonAsync(inside, 1970),
                await PersonAsync(inside, 1985),
                await PersonAsync(inside, 2012)
            );
            var person = await PersonAsync(outside, 1980, uin);
            await JoinAsync(group, head, "head");
            await JoinAsync(group, member);
            await JoinAsync(group, person);
            await JoinAsync(household, member, "head");
            var couple = (
                await ports.Relationships.SetSpousesAsync(
                    new SpouseChange
                    {
                        Person1 = PersonReference.Of(head),
                        Person2 = PersonReference.Of(person),
                        IsMarried = true,
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            var friend = RelationTypesPortTests.New(symmetric: true);
            (await ports.RelationTypes.SaveAsync(friend, PortCallers.Registrar, Cancellation)).Require();
            var relation = (
                await ports.Relationships.AddRelationAsync(
                    head,
                    new NewRelation
                    {
                        Type = friend.Code,
                        To = PersonReference.Of(person),
                        StartedOn = new DateOnly(2020, 1, 1),
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            return new World(
                ports,
                PortCallers.Registrar with
                {
                    Rows = new RowScope { Areas = new HashSet<string> { inside } },
                },
                group,
                head,
                member,
                other,
                child,
                friend.Code,
                new Target(person, uin, Guid.Empty),
                new Target(household, number, Guid.Empty),
                couple.Id,
                relation.Id
            );
        }
    }

    private static async Task<string> Show<T>(Task<Outcome<T>> call) => Show(await call);

    private static async Task<string> ShowFirst<T>(Task<Outcome<IReadOnlyList<Outcome<T>>>> call)
    {
        var outcome = await call;
        return outcome.Succeeded ? Show(outcome.Value[0]) : Show(outcome);
    }

    private static string Show<T>(Outcome<T> outcome) =>
        outcome.Succeeded
            ? JsonSerializer.Serialize<object?>(outcome.Value is DocumentContent content ? content.View : outcome.Value)
            : JsonSerializer.Serialize(outcome.Problem);
}
