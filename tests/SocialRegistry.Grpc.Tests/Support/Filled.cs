using System.Collections;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Tests.Support;

/// <summary>How much of a made-up value is there.</summary>
internal enum Amount
{
    /// <summary>Every member has a value of its own; lists have two items.</summary>
    Everything,

    /// <summary>Lists are empty, what may be absent is present.</summary>
    EmptyLists,

    /// <summary>What may be absent is absent, lists are empty.</summary>
    Least,
}

/// <summary>
/// Makes values of any type of <c>Contracts</c>, every member set and distinct, so that a member that does not travel is seen
/// missing and two that change places are seen swapped.
/// </summary>
internal sealed class Filled(Amount amount, int seed)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private int count = seed * 1_000;

    public object? Make(ParameterInfo parameter) => Make(parameter.ParameterType, MayBeNull(parameter), 0);

    public object Make(Type type) => Make(type, false, 0)!;

    private object? Make(Type type, bool mayBeAbsent, int depth)
    {
        if (mayBeAbsent && amount == Amount.Least)
        {
            return null;
        }

        var n = ++count;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => $"tëxt-{n}",
            _ when type == typeof(int) => n,
            _ when type == typeof(long) => (1L << 40) + n,
            _ when type == typeof(double) => n + 0.25,
            _ when type == typeof(bool) => (n * 2_654_435_761u >> 16) % 2 == 0,
            _ when type == typeof(Guid) => new Guid(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            _ when type == typeof(DateOnly) => new DateOnly(2000, 1, 1).AddDays(n),
            _ when type == typeof(PartialDate) => PartialDate.TryParse($"19{n % 90 + 10}-0{n % 9 + 1}", out var date)
                ? date
                : throw new InvalidOperationException(),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(
                n * 12_345_678L
            ),
            _ when type == typeof(JsonElement) => JsonDocument
                .Parse($$"""{"n":{{n}},"exact":1.10,"big":12345678901234567890123,"deep":[[null,true]]}""")
                .RootElement,
            _ when type == typeof(byte[]) => SHA256.HashData(BitConverter.GetBytes(n)),
            _ when type == typeof(Stream) => new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"cöntent-{n}")),
            _ when type == typeof(FieldScope) => n % 2 == 0 ? FieldScope.All : FieldScope.Of([$"field-{n}"]),
            _ when type == typeof(Query) => new AndQuery([
                new FieldQuery($"field_{n}", QueryOperator.Eq, JsonSerializer.SerializeToElement(n)),
                new NotQuery(new AnyMemberQuery(new AreaQuery($"area-{n}"))),
            ]),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(n % Enum.GetValues(type).Length),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Outcome<>) => Outcome(
                type,
                n,
                depth
            ),
            _ when type.IsAssignableTo(typeof(IEnumerable)) => Collection(type, depth),
            _ => Record(type, depth),
        };
    }

    private object Outcome(Type type, int n, int depth)
    {
        var part = n % 2 == 0 ? typeof(Problem) : type.GetGenericArguments()[0];
        return type.GetMethod("op_Implicit", [part])!.Invoke(null, [Make(part, false, depth + 1)])!;
    }

    private object Collection(Type type, int depth)
    {
        var items = amount == Amount.Everything && depth < 6 ? 2 : 0;
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            var pairs = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            for (var i = 0; i < items; i++)
            {
                pairs.Add(Make(arguments[0], false, depth + 1)!, Make(arguments[1], false, depth + 1));
            }

            return pairs;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
        for (var i = 0; i < items; i++)
        {
            list.Add(Make(arguments[0], false, depth + 1));
        }

        return type.GetGenericTypeDefinition() == typeof(IReadOnlySet<>)
            ? Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(arguments), list)!
            : list;
    }

    private object Record(Type type, int depth)
    {
        if (type.GetConstructors().Length == 0)
        {
            return Activator.CreateInstance(type)!;
        }

        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([
            .. constructor.GetParameters().Select(p => Make(p.ParameterType, MayBeNull(p), depth + 1)),
        ]);
        foreach (
            var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.SetMethod is not null)
        )
        {
            var absent = Nullability.Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(made, Make(property.PropertyType, absent, depth + 1));
        }

        return made;
    }

    private static bool MayBeNull(ParameterInfo parameter) =>
        Nullability.Create(parameter).WriteState == NullabilityState.Nullable;
}

/// <summary>A value written out whole, to compare by.</summary>
internal static class Shown
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Converters = { new AsItsJson(), new Contents() },
    };

    public static string Of(object? value) =>
        JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), Options);

    private sealed class AsItsJson : JsonConverter<Query>
    {
        public override Query Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Query value, JsonSerializerOptions options) =>
            value.WriteTo(writer);
    }

    /// <summary>What a stream holds, or still holds.</summary>
    private sealed class Contents : JsonConverter<Stream>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(Stream));

        public override Stream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Stream value, JsonSerializerOptions options)
        {
            var whole = value as MemoryStream ?? new MemoryStream();
            if (value != whole)
            {
                value.CopyToAsync(whole).GetAwaiter().GetResult();
            }

            writer.WriteBase64StringValue(whole.ToArray());
        }
    }
}
