/**
 * A length of time in the user's language and in one word: "5 min", "3 hr",
 * "2 days". Below two hours with the minutes: there they matter.
 *
 * @param {luxon.DateTime} from
 * @param {luxon.DateTime} to
 * @param {{precise?: boolean}} [options]
 * @returns {string}
 */
export function span(from, to, {precise = false} = {}) {
    const minutes = Math.max(0, Math.floor(to.diff(from, "minutes").minutes));
    return luxon.Duration.fromObject(units(minutes, precise)).toHuman({
        unitDisplay: "short",
        listStyle: "narrow",
    });
}

function units(minutes, precise) {
    if (minutes < 60) {
        return {minutes};
    }
    if (precise && minutes < 120) {
        return {hours: 1, minutes: minutes - 60};
    }
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? {hours} : {days: Math.floor(hours / 24)};
}
