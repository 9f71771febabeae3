using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class RegistrantsPortTests
{
    private static readonly string[] MaskedFields =
    [
        "given_name",
        "surname",
        "phone_number",
        "email",
        "address",
        "birth_date",
        "sex",
        "is_disabled",
        "UIN",
    ];

    [Fact]
    public async Task Masked_fields_are_shown_in_forms_that_tell_little_and_named_so()
    {
        var stored = await Registrants.StoreAsync(WithMail());

        var view = await ReadAsync(stored.Id, Masking());

        // Members in any order: a database may keep them in its own.
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"given_name":"A***","surname":"S***","sex":"***","birth_date":"1984","phone_number":["***5678"],
                    "email":["a***@mail.test"],"address":[{"address_line_1":"***","locality":"Vessby","country_code":"NW"}],"is_disabled":"***"}
                    """
                ),
                JsonSerializer.SerializeToNode(view.Values.Where(v => MaskedFields.Contains(v.Key)).ToDictionary())
            )
        );
        Assert.Equal("M", view.Text("marital_status"));
        var uin = Assert.Single(view.Identifiers);
        Assert.StartsWith("***", uin.Value, StringComparison.Ordinal);
        Assert.EndsWith(uin.Value[3..], stored.Identifiers[0].Value, StringComparison.Ordinal);
        Assert.InRange(uin.Value.Length, 4, 7);
        Assert.Equal(MaskedFields.Order(), view.Masked.Order());
    }

    [Fact]
    public async Task A_short_value_shows_no_more_than_a_third_of_it()
    {
        var person = Persons.Amira() with
        {
            Values = Persons.Values("""{"given_name":"李","surname":"A1","phone_number":["+1234567"]}"""),
        };
        var view = await ReadAsync((await Registrants.StoreAsync(person)).Id, Masking());

        Assert.Equal("李***", view.Text("given_name"));
        Assert.Equal("***", view.Text("surname"));
        Assert.Equal("***67", view.Values["phone_number"][0].GetString());
    }

    [Fact]
    public async Task The_log_tells_what_was_shown_masked()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        await ReadAsync(stored.Id, Masking());

        var log = await Ports.Versions.DisclosuresAsync(
            stored.Id,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );

        var fields = log.Require().Items[0].Fields;
        Assert.Contains("given_name:masked", fields);
        Assert.Contains("identifiers:masked", fields);
        Assert.Contains("marital_status", fields);
        Assert.DoesNotContain("given_name", fields);
    }

    [Fact]
    public async Task Nothing_clear_of_a_masked_field_leaves_through_past_versions_or_attestations()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        await Registrants.UpdateAsync(
            stored.Id,
            new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"given_name":"Zara"}""") },
            PortCallers.Registrar,
            Cancellation
        );
        await Ports.Attestations.AttestAsync(
            stored.Id,
            "given_name",
            new AttestationStatement
            {
                Status = "ATTESTED",
                Comments = "Zara it is",
                Evidence = "Zara's card",
            },
            PortCallers.Registrar,
            Cancellation
        );

        var caller = Masking(Permissions.ReadVersions);
        var past = await ReadAsync(stored.Id, caller, new ReadOptions { Version = 1 });
        var now = await ReadAsync(stored.Id, caller, new ReadOptions { Attestations = true });

        Assert.Equal("A***", past.Text("given_name"));
        Assert.Contains("given_name", past.Masked);
        var statement = now.Attestations.Single(a => a.Field == "given_name");
        Assert.Equal("ATTESTED", statement.Status);
        Assert.Null(statement.Comments);
        Assert.Null(statement.Evidence);
        Assert.DoesNotContain("Zara", JsonSerializer.Serialize(now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_masked_field_is_neither_filtered_by_nor_written_nor_attested()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        var caller = Masking(Permissions.WriteRegistrants, Permissions.WriteAttestations);

        Assert.Null(await FindAsync(stored.Identifiers[0], caller));
        var searched = await Registrants.SearchAsync(
            new SearchRequest { Query = new IdentifierQuery(stored.Identifiers[0]) },
            caller,
            Cancellation
        );
        Assert.Equal(QueryProblems.ForbiddenCode, searched.Problem?.Code);
        var written = await Registrants.UpdateAsync(
            stored.Id,
            new RegistrantPatch
            {
                ExpectedVersion = 1,
                Values = Persons.Values("""{"given_name":"Zara","marital_status":"W"}"""),
                Identifiers = [Persons.NewUin()],
            },
            caller,
            Cancellation
        );
        Assert.Equal(
            ["given_name masked", "identifiers.UIN masked"],
            written.Problem!.Fields.Select(f => $"{f.Field} {f.Code}").Order(StringComparer.Ordinal)
        );
        var attested = await Ports.Attestations.AttestAsync(
            stored.Id,
            "given_name",
            new AttestationStatement { Status = "ATTESTED" },
            caller,
            Cancellation
        );
        Assert.Equal("attestations.no_value", attested.Problem?.Code);
        Assert.Equal(1, (await ReadAsync(stored.Id)).Version);
    }

    [Fact]
    public async Task Writing_beside_masked_fields_keeps_them()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());

        var written = await Registrants.UpdateAsync(
            stored.Id,
            new RegistrantPatch
            {
                ExpectedVersion = 1,
                Values = Persons.Values("""{"marital_status":"W"}"""),
                Identifiers = [],
            },
            Masking(Permissions.WriteRegistrants),
            Cancellation
        );

        Assert.Equal("A***", written.Require().Text("given_name"));
        var after = await ReadAsync(stored.Id);
        Assert.Equal(("Amira", "W"), (after.Text("given_name"), after.Text("marital_status")));
        Assert.Equal(stored.Identifiers, after.Identifiers);
    }

    [Fact]
    public async Task Who_may_reveal_names_the_field_and_a_purpose()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        var caller = Masking(Permissions.RevealFields);
        var named = new ReadOptions { Fields = ["given_name", "is_disabled", "identifiers"] };

        var whole = await ReadAsync(stored.Id, caller);
        var revealed = await ReadAsync(stored.Id, caller, named);
        var other = await ReadAsync(stored.Id, Masking(), named);
        var aimless = await ReadAsync(
            stored.Id,
            caller with
            {
                Purpose = null,
            },
            new ReadOptions { Fields = ["given_name"] }
        );

        Assert.Equal("A***", whole.Text("given_name"));
        Assert.Equal("Amira", revealed.Text("given_name"));
        Assert.Equal(JsonValueKind.False, revealed.Values["is_disabled"].ValueKind);
        Assert.Equal(stored.Identifiers, revealed.Identifiers);
        Assert.Empty(revealed.Masked);
        Assert.Equal("A***", other.Text("given_name"));
        Assert.Equal("A***", aimless.Text("given_name"));
        var log = await Ports.Versions.DisclosuresAsync(
            stored.Id,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Contains(log.Require().Items, d => d.Fields.Contains("is_disabled") && d.Purpose == "registration");
    }

    [Fact]
    public async Task A_masked_form_sent_back_is_not_taken_for_a_value()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        var caller = Masking(Permissions.WriteRegistrants, Permissions.RevealFields);

        var back = await Registrants.UpdateAsync(
            stored.Id,
            new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"given_name":"A***"}""") },
            caller,
            Cancellation
        );
        var real = await Registrants.UpdateAsync(
            stored.Id,
            new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"given_name":"Zara"}""") },
            caller,
            Cancellation
        );

        Assert.Equal("masked", Assert.Single(back.Problem!.Fields).Code);
        Assert.Equal(2, real.Require().Version);
    }

    private static NewRegistrant WithMail()
    {
        var person = Persons.Amira();
        return person with
        {
            Values = new Dictionary<string, JsonElement>(person.Values)
            {
                ["email"] = Persons.Json("""["amira@mail.test"]"""),
            },
        };
    }

    /// <summary>A staff member to whom some fields are masked, as a role makes her.</summary>
    private static Caller Masking(params string[] permissions) =>
        PortCallers.Staff("clerk", [Permissions.ReadRegistrants, .. permissions]) with
        {
            Masked = FieldScope.Of(MaskedFields),
            Filters = FieldScope.Of(["marital_status", "kind", "status"]),
        };
}
