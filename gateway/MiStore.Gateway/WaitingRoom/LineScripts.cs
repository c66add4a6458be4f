namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// The steps of a line, each a Lua script: all of it happens or none, however many gateways there are and whenever they
/// die. Every step that moves a ticket writes it into the journal, which the store publishes when the sale is over.
/// </summary>
static class LineScripts
{
    // sale:     hash of what is known of the sale and its line
    // lobby:    tickets of the draw, until the list is closed; list: the same from then on
    // waiting:  the line, by place; away: who did not show when it was their turn, with the place they keep
    // admitted: up to when (ms); claims: up to when they may order (ms), once they have heard of it; places: where they stood
    // more:     how often it has been put off up to when they may order
    // origins:  tickets to the network that they were taken from; figures: what the gateways counted (Tally)
    // done:     what became of a ticket: used or lapsed
    // seen:     when each was last heard of (ms); holders: mailbox to its ticket; networks: places taken from there, as a time
    const string Names =
        """
        local sale, lobby, list, waiting, away, admitted, claims, places, done, seen, holders, networks, journal, more,
            origins = unpack(KEYS)
        local function note(what, ...) redis.call('rpush', journal, what .. ' ' .. table.concat({...}, ' ')) end
        local function score(of, ticket) local s = redis.call('zscore', of, ticket) return s and tonumber(s) end
        local function whole(number) return string.format('%.0f', number) end

        """;

    public static readonly string[] Keys =
    [
        "sale", "lobby", "list", "waiting", "away", "admitted", "claims", "places", "done", "seen", "holders", "networks", "journal", "more",
        "origins", "figures",
    ];

    /// <summary>A line is begun where there is none; where there has been one before, it is begun as one that was lost.</summary>
    /// <remarks>1 now (ms), 2 hash of the closed list or "", 3 its count, 4 closed at (ms), 5 whether we have seen this line before,
    /// 6 until when to wait for its tickets (ms).</remarks>
    public const string Begin = Names +
        """
        if redis.call('hexists', sale, 'begun') == 1 then return 0 end
        redis.call('hset', sale, 'begun', ARGV[1], 'turn', ARGV[1])
        if ARGV[2] ~= '' then
            redis.call('hset', sale, 'closed', ARGV[4], 'drawn', '1', 'listHash', ARGV[2], 'listCount', ARGV[3])
        end
        if ARGV[2] ~= '' or ARGV[5] == '1' then
            redis.call('hset', sale, 'lost', ARGV[1], 'held', ARGV[6])
            note('lost', ARGV[1])
        end
        return 1
        """;

    /// <summary>Everything about the line in numbers; ours of the orders that we saw are added first.</summary>
    /// <remarks>1 orders, 2 slow ones, 3 busy answers.</remarks>
    public const string State = Names +
        """
        for i, what in ipairs({'orders', 'slow', 'busy'}) do
            if ARGV[i] ~= '0' and redis.call('hexists', sale, 'begun') == 1 then redis.call('hincrby', sale, what, ARGV[i]) end
        end
        return {
            redis.call('hgetall', sale), redis.call('zcard', lobby), redis.call('zcard', waiting), redis.call('zcard', away),
            redis.call('zcard', admitted)}
        """;

    /// <summary>A place for a mailbox: the one it has, or a new one.</summary>
    /// <remarks>
    /// 1 now (µs), 2 mailbox, 3 new ticket, 4 draw at (µs), 5 network or "", 6 how much time a place costs a network (µs),
    /// 7 how much of it may be used in advance (µs), 8 and how much of it without work, 9 with the work that was done, 10 when the
    /// puzzle of that work was made (µs).
    /// </remarks>
    /// <returns>Ticket, issued at (µs), 1 if new; or "", when to come back (µs), 0; or "", time used in advance (µs), -2: work is wanted.</returns>
    public const string Take = Names +
        """
        if redis.call('hexists', sale, 'begun') == 0 then return {'', '', -1} end
        local known = redis.call('hget', holders, ARGV[2])
        if known then
            local ticket = string.sub(known, 1, 32)
            if redis.call('hexists', done, ticket) == 0 then return {ticket, string.sub(known, 34), 0} end
        end

        local now = tonumber(ARGV[1])
        if ARGV[5] ~= '' then
            local used = math.max(tonumber(redis.call('hget', networks, ARGV[5]) or '0'), now)
            if used - now > tonumber(ARGV[7]) then return {'', whole(used - tonumber(ARGV[7])), 0} end
            -- Work buys one place: a mailbox that has taken one since has had it.
            local issued = known and tonumber(string.sub(known, 34)) or 0
            local allowed = tonumber(issued < tonumber(ARGV[10]) and ARGV[9] or ARGV[8])
            if used - now > allowed then return {'', whole(used - now), -2} end
            redis.call('hset', networks, ARGV[5], whole(used + tonumber(ARGV[6])))
        end

        -- The clocks of two gateways differ; whoever comes later here is later.
        local at = math.max(now, tonumber(redis.call('hget', sale, 'issued') or '0') + 1)
        local draw = tonumber(ARGV[4])
        local closed = redis.call('hexists', sale, 'closed') == 1
        if closed and at < draw then at = draw end
        redis.call('hset', sale, 'issued', whole(at))
        redis.call('hset', holders, ARGV[2], ARGV[3] .. ':' .. whole(at))
        if ARGV[5] ~= '' then redis.call('hset', origins, ARGV[3], ARGV[5]) end
        redis.call('zadd', seen, whole(math.floor(now / 1000)), ARGV[3])
        if at < draw then
            redis.call('zadd', lobby, whole(at), ARGV[3])
        else
            redis.call('zadd', waiting, whole(at - draw), ARGV[3])
            note('late', ARGV[3], whole(at))
        end
        return {ARGV[3], whole(at), 1}
        """;

    /// <summary>Somebody asks for a ticket of theirs. It is theirs by its seal: one that we do not know was lost here.</summary>
    /// <remarks>
    /// 1 ticket, 2 mailbox, 3 issued at (µs), 4 now (ms), 5 draw at (µs), 6 place if on the list or "", 7 place otherwise,
    /// 8 admitted until (ms) or "0", 9 how long they may order from now (ms), 10 how long an order takes to be heard of (ms),
    /// 11 when the sale ends (ms) or "0", 12 how often the admission has been put off.
    /// </remarks>
    /// <returns>State; tickets before it or admitted until (ms); how often that has been put off.</returns>
    public const string Look = Names +
        """
        local ticket, now = ARGV[1], tonumber(ARGV[4])
        if redis.call('hexists', sale, 'begun') == 0 then return {'lost', '0', '0'} end
        local fate = redis.call('hget', done, ticket)
        if fate then return {fate, '0', '0'} end
        redis.call('zadd', seen, ARGV[4], ticket)

        local function inside(till) return {till > now and 'admitted' or 'lapsed', whole(till), redis.call('hget', more, ticket) or '0'} end
        local claimed = redis.call('hget', claims, ticket)
        if claimed then return inside(tonumber(claimed)) end
        if score(admitted, ticket) then
            local till, ends = now + tonumber(ARGV[9]), tonumber(ARGV[11])
            if ends > 0 then till = math.min(till, ends) end
            redis.call('hset', claims, ticket, whole(till))
            redis.call('zadd', admitted, whole(till + tonumber(ARGV[10])), ticket)
            return inside(till)
        end

        local place = score(waiting, ticket)
        if not place then
            place = score(away, ticket)
            if place then
                redis.call('zrem', away, ticket)
                redis.call('zadd', waiting, whole(place), ticket)
                note('back', ticket, now)
            end
        end
        if place then return {'waiting', tostring(redis.call('zrank', waiting, ticket)), '0'} end
        if score(lobby, ticket) then return {'registered', '0', '0'} end

        -- Not known, and yet ours: what follows happens only where Redis has lost something.
        local closed, drawn = redis.call('hexists', sale, 'closed') == 1, redis.call('hexists', sale, 'drawn') == 1
        if closed and not drawn then return {'drawing', '0', '0'} end
        local holds = redis.call('hget', holders, ARGV[2])
        if holds and string.sub(holds, 1, 32) ~= ticket then return {'superseded', '0', '0'} end
        redis.call('hset', holders, ARGV[2], ticket .. ':' .. ARGV[3])
        if tonumber(ARGV[3]) < tonumber(ARGV[5]) and not closed then
            redis.call('zadd', lobby, ARGV[3], ticket)
            return {'registered', '0', '0'}
        end
        place = (ARGV[6] ~= '' and (redis.call('exists', list) == 0 or score(list, ticket))) and ARGV[6] or ARGV[7]
        note('again', ticket, ARGV[3])
        if tonumber(ARGV[8]) > now then
            redis.call('hset', claims, ticket, ARGV[8])
            redis.call('hset', places, ticket, place)
            redis.call('zadd', admitted, whole(tonumber(ARGV[8]) + tonumber(ARGV[10])), ticket)
            redis.call('hset', more, ticket, ARGV[12])
            note('kept', ticket, now)
            return inside(tonumber(ARGV[8]))
        end
        redis.call('zadd', waiting, place, ticket)
        return {'waiting', tostring(redis.call('zrank', waiting, ticket)), '0'}
        """;

    /// <summary>Somebody who is admitted needs more time. Who asks twice about the same end has put it off once.</summary>
    /// <remarks>
    /// 1 ticket, 2 its end as its holder knows it (ms), 3 now (ms), 4 how much more (ms), 5 how often at most, 6 when the sale ends
    /// (ms) or "0", 7 how long an order takes to be heard of (ms).
    /// </remarks>
    /// <returns>1 where it is put off, now or by the same question before.</returns>
    public const string Extend = Names +
        """
        local ticket, now = ARGV[1], tonumber(ARGV[3])
        local claimed = tonumber(redis.call('hget', claims, ticket) or '0')
        if claimed <= now then return 0 end
        if claimed > tonumber(ARGV[2]) then return 1 end
        if tonumber(redis.call('hget', more, ticket) or '0') >= tonumber(ARGV[5]) then return 0 end
        local till, ends = claimed + tonumber(ARGV[4]), tonumber(ARGV[6])
        if ends > 0 then till = math.min(till, ends) end
        if till <= claimed then return 0 end
        redis.call('hset', claims, ticket, whole(till))
        redis.call('hincrby', more, ticket, 1)
        redis.call('zadd', admitted, whole(till + tonumber(ARGV[7])), ticket)
        note('more', ticket, now, whole(till))
        return 1
        """;

    /// <summary>From now on the list is what it is; whoever comes stands behind it.</summary>
    /// <remarks>1 now (ms).</remarks>
    public const string Close = Names +
        """
        if redis.call('hexists', sale, 'begun') == 0 or redis.call('hexists', sale, 'closed') == 1 then return 0 end
        redis.call('hset', sale, 'closed', ARGV[1])
        if redis.call('exists', lobby) == 1 then redis.call('rename', lobby, list) end
        return 1
        """;

    /// <summary>Some of the list take their places. Two gateways that draw write the same.</summary>
    /// <remarks>Place and ticket in turn.</remarks>
    public const string Place = Names +
        """
        if redis.call('hexists', sale, 'closed') == 0 or redis.call('hexists', sale, 'drawn') == 1 then return 0 end
        for i = 1, #ARGV, 2 do redis.call('zadd', waiting, ARGV[i], ARGV[i + 1]) end
        return 1
        """;

    /// <summary>All of the list have their places.</summary>
    /// <remarks>1 hash of the list, 2 its count, 3 now (ms).</remarks>
    public const string Drawn = Names +
        """
        if redis.call('hexists', sale, 'closed') == 0 or redis.call('hexists', sale, 'drawn') == 1 then return 0 end
        -- Something was lost while we drew: begin again from what is there.
        if redis.call('zcard', list) ~= tonumber(ARGV[2]) or redis.call('zcount', waiting, '-inf', '-4503599627370496') < tonumber(ARGV[2]) then return 0 end
        redis.call('hset', sale, 'drawn', '1', 'listHash', ARGV[1], 'listCount', ARGV[2])
        note('drawn', ARGV[3])
        return 1
        """;

    /// <summary>
    /// One turn of an usher: takes back what ran out, and lets in who is next, as many as were decided on. Only for who
    /// has read the latest turn, and never beyond the units there are, whatever was decided.
    /// </summary>
    /// <remarks>
    /// 1 turn, 2 how many, 3 now (ms), 4 present since (ms), 5 to be heard of by (ms), 6 slack, 7 units a ticket,
    /// 8 pace, 9 used up to (µs), 10 reckoned at (µs), 11 whether it was reckoned anew, 12 up to when only the drawn are let in (ms).
    /// </remarks>
    /// <returns>Null when somebody else took the turn; else who was let in.</returns>
    public const string Admit = Names +
        """
        if redis.call('hget', sale, 'turn') ~= ARGV[1] then return false end
        redis.call('hset', sale, 'pace', ARGV[8], 'paced', ARGV[9], 'reckoned', ARGV[10])
        redis.call('hincrby', sale, 'turn', 1)
        if ARGV[11] == '1' then redis.call('hdel', sale, 'orders', 'slow', 'busy') end

        for _, ticket in ipairs(redis.call('zrangebyscore', admitted, '-inf', ARGV[3], 'limit', 0, 500)) do
            redis.call('zrem', admitted, ticket)
            if redis.call('hdel', claims, ticket) == 1 then
                redis.call('hset', done, ticket, 'lapsed')
                note('lapsed', ticket, ARGV[3])
            else
                redis.call('zadd', away, redis.call('hget', places, ticket), ticket)
                note('unheard', ticket, ARGV[3])
            end
        end

        local units = math.floor((tonumber(redis.call('hget', sale, 'available') or '0') + tonumber(ARGV[6])) / tonumber(ARGV[7]))
        local room = math.min(tonumber(ARGV[2]), units - redis.call('zcard', admitted))
        local let, looks = {}, 2000
        while room > 0 and looks > 0 do
            local first = redis.call('zrange', waiting, 0, 0, 'withscores')
            if #first == 0 then break end
            local ticket, place = first[1], first[2]
            if tonumber(place) >= -4503599627370496 and tonumber(ARGV[3]) < tonumber(ARGV[12]) then break end
            redis.call('zrem', waiting, ticket)
            if (score(seen, ticket) or 0) < tonumber(ARGV[4]) then
                redis.call('zadd', away, place, ticket)
                note('away', ticket, ARGV[3])
            else
                redis.call('zadd', admitted, ARGV[5], ticket)
                redis.call('hset', places, ticket, place)
                note('in', ticket, ARGV[3])
                table.insert(let, ticket)
                room = room - 1
            end
            looks = looks - 1
        end
        return let
        """;

    /// <summary>Nobody was let in or heard of for a while: the line waits until everybody has had the time to show.</summary>
    /// <remarks>1 turn, 2 until (ms), 3 now (µs).</remarks>
    public const string Hold = Names +
        """
        if redis.call('hget', sale, 'turn') ~= ARGV[1] then return 0 end
        redis.call('hincrby', sale, 'turn', 1)
        redis.call('hset', sale, 'held', ARGV[2], 'paced', ARGV[3], 'reckoned', ARGV[3])
        return 1
        """;

    /// <summary>Checkout has told how far the sale is; perhaps before we know of the sale.</summary>
    /// <remarks>1 version, 2 available, 3 reserved, 4 sold, 5 withdrawn, 6 now (ms), then the tickets that were used.</remarks>
    public const string Hear = Names +
        """
        local begun = redis.call('hexists', sale, 'begun') == 1
        if tonumber(ARGV[1]) > tonumber(redis.call('hget', sale, 'version') or '-1') then
            redis.call('hset', sale, 'version', ARGV[1], 'available', ARGV[2], 'reserved', ARGV[3], 'sold', ARGV[4], 'withdrawn', ARGV[5])
        end
        for i = 7, #ARGV do
            local ticket = ARGV[i]
            if redis.call('hget', done, ticket) ~= 'used' then
                redis.call('zrem', admitted, ticket)
                redis.call('zrem', waiting, ticket)
                redis.call('zrem', away, ticket)
                redis.call('hdel', claims, ticket)
                redis.call('hset', done, ticket, 'used')
                if begun then note('used', ticket, ARGV[6]) end
            end
        end
        return 1
        """;
}
